#!/bin/bash
# Runs create-database.sql. sqlcmd puts the password into a text of the script as it is, so a quote in it is written twice.
quote="'"
export ZOTIFY_DB_PASSWORD="${ZOTIFY_DB_PASSWORD//$quote/$quote$quote}"
export PATH="$PATH:/opt/mssql-tools18/bin"
exec sqlcmd -C -S sqlserver -U sa -b -i /create-database.sql
