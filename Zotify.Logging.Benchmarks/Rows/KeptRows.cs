using Zotify.Logging.Benchmarks.Databases;

namespace Zotify.Logging.Benchmarks.Rows;

/// <summary>Databases with the floor's tables, kept below the temporary folder from one run to the next.</summary>
internal static class KeptRows
{
    /// <summary>A file with this many rows of a kind. Creates it if there is none.</summary>
    public static async Task<string> MakeAsync(RowKind kind, int count, TextWriter output)
    {
        var folder = KeptDatabase.FolderOf($"floor-{kind.Name}", count);
        var (file, whole) = (Path.Combine(folder, "rows.db"), Path.Combine(folder, "whole"));
        if (File.Exists(whole)) return file;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        await using (var writer = new PreparedRows(kind, file)) await writer.WriteAsync(count);
        await File.WriteAllTextAsync(whole, "");
        await output.WriteLineAsync($"Made {file}.");
        return file;
    }
}
