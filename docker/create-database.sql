-- The database and a login that may read and write rows, and nothing else. May be run again: the password is then set anew.
-- sqlcmd takes the password from the environment.
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
GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA::dbo TO zotify;
GO
