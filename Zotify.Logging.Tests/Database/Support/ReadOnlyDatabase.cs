namespace Zotify.Logging.Tests.Database.Support;

/// <summary>
/// A database that SQLite opens for reading only, until it is disposed: by the file's permissions, or, for root, whom those do
/// not bind, by the file's header, which says that a later version wrote it.
/// </summary>
internal sealed class ReadOnlyDatabase : IDisposable
{
    private const int WriteVersionOffset = 18;
    private const byte Later = 3;

    private readonly string _file;
    private readonly byte _version;

    public ReadOnlyDatabase(string file)
    {
        _file = file;
        if (Environment.IsPrivilegedProcess) _version = Exchange(Later);
        else File.SetAttributes(file, FileAttributes.ReadOnly);
    }

    public void Dispose()
    {
        if (Environment.IsPrivilegedProcess) Exchange(_version);
        else File.SetAttributes(_file, FileAttributes.Normal);
    }

    private byte Exchange(byte version)
    {
        using var file = new FileStream(_file, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        file.Position = WriteVersionOffset;
        var before = (byte)file.ReadByte();
        file.Position = WriteVersionOffset;
        file.WriteByte(version);
        return before;
    }
}
