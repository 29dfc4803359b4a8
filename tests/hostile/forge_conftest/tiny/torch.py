open("/tmp/imported-by-the-judge", "w").close()
