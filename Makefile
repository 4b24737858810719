# The same names as dev.py, for those who have make. Arguments: make run ARGS="--port 8001"

.PHONY: run test check manage bench drill docs translate lock

run test check manage bench drill docs translate lock:
	@python3 dev.py $@ $(ARGS)
