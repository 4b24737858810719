"""Invented names. Whoever bears one of them has nothing to do with it."""

WOMEN = """
Rahma Yanti Siti Nurhayati Maryam Aminah Rohmah Sumiati Wartini Juju Enung Entin Neneng Iis
Titin Yuyun Euis Imas Lilis Nining Kokom Onah Saodah Halimah Khadijah Mimin Ratna Dewi Sri Wulan
Fitri Lastri Murni Suryani Mulyati Komariah Rukmini Hamidah Zubaedah Masitoh Uum Ikah Popon
Eneng Rosidah Hasanah Kartini Sarinah Asih Patimah
""".split()

MEN = """
Herman Dedi Ujang Asep Cecep Dadang Endang Jajang Maman Nana Oman Rohman Sarmili Suhendi Tatang
Udin Wawan Yayat Zaenal Basri Jumadi Karta Marjuki Mulyadi Nasrudin Rojali Saepudin Samsudin
Sukarna Supriadi Sanusi Tohir Usman Yahya Hasan Marta Kosim Jamhari Ahmad Iwan Eman Tarmidi
Mahpud Saman Jaya Arsim Muhidin Nurdin Sobari Rusdi
""".split()

FAMILY = """
Hidayat Kurniasih Permana Wijaya Suherman Rahayu Lestari Nugraha Firdaus Maulana Sopandi Suryana
Kusuma Handayani Hasanudin Mulyana Setiawan Saputra Purnama Gunawan Sutisna Ramdani Munawar
Fauzi Nurjanah Anggraeni Solihin Iskandar Effendi Mansur
""".split()

HAMLETS = [
    "Kp. Cibogo",
    "Kp. Pabuaran",
    "Kp. Sukabakti",
    "Kp. Kebon Kelapa",
    "Kp. Rawa Bolang",
    "Kp. Babakan",
    "Kp. Cikareo",
    "Kp. Pasir Nangka",
    "Kp. Leuwi Dahu",
    "Kp. Bojong",
    "Kp. Sawah Lega",
    "Kp. Tegal Sari",
    "Kp. Parung Bambu",
    "Kp. Ciater",
    "Kp. Gunung Batu",
    "Kp. Sempur",
]

LANDMARKS = [
    "dekat musala Al-Ikhlas",
    "seberang lapangan bola",
    "samping balai desa",
    "belakang SDN 1",
    "dekat pos ronda",
    "masuk gang setelah warung bakso",
    "depan pohon beringin",
    "sebelah bengkel",
    "dekat jembatan",
    "pinggir jalan besar",
]
