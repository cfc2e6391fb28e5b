namespace Zotify.Logging.Tests.Support;

/// <summary>Deletes the folders of tests.</summary>
internal static class FolderDeletion
{
    private const int MostAttempts = 250;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Deletes a folder with all that is in it. A line that was logged after the end opens its file for about 200 ms, and a process that
    /// was killed may still be ending: a folder that gets a file meanwhile is deleted again.
    /// </summary>
    public static void DeleteAll(this DirectoryInfo folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                folder.Delete(recursive: true);
                return;
            }
            catch (IOException) when (attempt < MostAttempts && Directory.Exists(folder.FullName))
            {
                // What uses the folder cannot be awaited: nothing holds it.
#pragma warning disable RS0030
                Thread.Sleep(Pause);
#pragma warning restore RS0030
            }
            catch (DirectoryNotFoundException) when (!Directory.Exists(folder.FullName))
            {
                // An attempt that failed had deleted it.
                return;
            }
        }
    }
}
