using System.Diagnostics;

namespace Zotify.Logging.Tests.Support;

/// <summary>A real file system of 16 megabytes in memory (tmpfs), which can be filled and freed.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly DirectoryInfo _mount = Directory.CreateTempSubdirectory("zotify-disk-");

    public SmallDisk()
    {
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", _mount.FullName))
        {
            _mount.Delete();
            Assert.Inconclusive("A small file system can only be mounted by root on Linux.");
        }
    }

    public DirectoryInfo Root => _mount;

    private string Filler => Path.Combine(_mount.FullName, "filler");

    /// <summary>Uses all space that there is.</summary>
    public void Fill()
    {
        using var file = File.OpenHandle(Filler, FileMode.Create, FileAccess.Write);
        var block = new byte[4096];
        try
        {
            for (long offset = 0; ; offset += block.Length) RandomAccess.Write(file, block, offset);
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Frees the space.</summary>
    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        if (!Run("umount", _mount.FullName)) throw new InvalidOperationException($"{_mount} could not be unmounted.");
        _mount.Delete();
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
