using System.Reflection;
using Zotify.Logging.Database;
using Zotify.Logging.Handlers;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Finds settings that name a file which another part of the library may write: the path of another handler, a rolled file or a side file
/// of a journal, the database, the lock. Each would destroy what the other wrote.
/// </summary>
internal static class FileCollisions
{
    /// <summary>A message for each pair of settings, with both keys.</summary>
    /// <param name="options">The options.</param>
    /// <param name="contentRoot">The directory that relative paths are relative to.</param>
    public static IEnumerable<string> Of(ZotifyLoggingOptions options, string contentRoot)
    {
        var users = Users(options, contentRoot).ToList();
        for (var i = 0; i < users.Count; i++)
        {
            foreach (var other in users.Take(i))
            {
                var user = users[i];
                if (user.Path == other.Path) yield return $"{user.Key}: '{user.Value}' is the file of {other.Key}, too; give each its own";
                else if (other.MayUse(user.Path)) yield return Message(user, other);
                else if (user.MayUse(other.Path)) yield return Message(other, user);
            }
        }
    }

    private static string Message(FileUser named, FileUser user) =>
        $"{named.Key}: '{named.Value}' is a name that files of {user.Key} ('{user.Value}') may get; choose another";

    private static IEnumerable<FileUser> Users(ZotifyLoggingOptions options, string contentRoot)
    {
        var directory = Path.GetFullPath(Path.Combine(contentRoot, options.Directory ?? ""));
        yield return FileUser.OfDirectory(ConfigurationKeys.Full(nameof(options.Directory)), options.Directory ?? "", directory);
        if (DatabaseFile(options.Database, directory) is { } database)
            yield return FileUser.OfDatabase(ConfigurationKeys.Full("Database:ConnectionString"), Path.GetFileName(database), database);
        foreach (var (name, handler) in options.Handlers)
        {
            foreach (var property in PropertiesOf(handler))
            {
                if (property.GetCustomAttribute<LogFileNameAttribute>(inherit: true) is not { } file) continue;
                // A value that is not a file name is reported elsewhere.
                if (property.GetValue(handler) is not string path || !file.IsValid(path)) continue;
            {
                yield return FileUser.OfHandler(
                    ConfigurationKeys.Full($"{ConfigurationKeys.Handlers}:{name}:{property.Name}"), path, directory, file.Kind);
            }
            }
        }
    }

    // A separate method, because the trimmer does not know the type of a variable in an iterator.
    private static PropertyInfo[] PropertiesOf(LogHandlerOptions handler) => handler.GetType().GetProperties();

    private static string? DatabaseFile(DatabaseOptions options, string directory)
    {
        if (options.Provider != DatabaseProvider.Sqlite) return null;
        try
        {
            return SqliteConnectionStrings.Parse(options.ConnectionString, directory).File;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            // The error is reported elsewhere.
            return null;
        }
    }
}
