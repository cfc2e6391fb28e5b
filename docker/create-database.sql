-- The database, and a login with the least rights of an instance: its roles get their rights from roles.sql, once the tables are there. May be
-- run again: the password is then set anew. sqlcmd takes the password from the environment, its quotes doubled: see
-- create-database.sh.
SET NOCOUNT ON;
IF DB_ID(N'zotify') IS NULL CREATE DATABASE zotify;
GO
IF SUSER_ID(N'zotify') IS NULL CREATE LOGIN zotify WITH PASSWORD = N'$(ZOTIFY_DB_PASSWORD)', DEFAULT_DATABASE = zotify;
ELSE ALTER LOGIN zotify WITH PASSWORD = N'$(ZOTIFY_DB_PASSWORD)';
GO
-- Who reads never waits for who writes.
IF EXISTS (SELECT 1 FROM sys.databases WHERE name = N'zotify' AND is_read_committed_snapshot_on = 0)
    ALTER DATABASE zotify SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE;
GO
USE zotify;
GO
IF USER_ID(N'zotify') IS NULL CREATE USER zotify FOR LOGIN zotify;
GO
IF DATABASE_PRINCIPAL_ID(N'zotify_writer') IS NULL CREATE ROLE [zotify_writer];
GO
IF DATABASE_PRINCIPAL_ID(N'zotify_retention') IS NULL CREATE ROLE [zotify_retention];
GO
ALTER ROLE [zotify_writer] ADD MEMBER zotify;
ALTER ROLE [zotify_retention] ADD MEMBER zotify;
GO
