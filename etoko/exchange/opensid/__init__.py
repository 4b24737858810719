"""What a village kept in the "lapak" of OpenSID: sellers, their goods, categories."""
