using System.Diagnostics.CodeAnalysis;

namespace Zotify.Logging.Configuration;

/// <summary>
/// Finds options that differ from those at the start and wait for the next one: those marked <see cref="RestartOnlyAttribute"/>.
/// </summary>
internal static class PendingChanges
{
    /// <summary>The full keys of the options that differ.</summary>
    public static IReadOnlyList<string> Between(ZotifyLoggingOptions started, ZotifyLoggingOptions now) =>
        // Mostly nothing has changed. The runtime compiles the getter of every property that is read twice by reflection.
        ReferenceEquals(started, now)
            ? []
            : [.. Differing(started, now, typeof(ZotifyLoggingOptions), "")
                .Concat(Differing(started.Database, now.Database, typeof(DatabaseOptions), "Database:"))
                .Concat(
                    started.Handlers.SelectMany(
                        handler => Differing(
                            handler.Value,
                            now.Handlers[handler.Key],
                            handler.Value.GetType(),
                            $"{ConfigurationKeys.Handlers}:{handler.Key}:")))];

    private static IEnumerable<string> Differing(
        object before, object after,
        [
            DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)
        ] Type type, string path) =>
        type.GetProperties()
            .Where(property => property.IsDefined(typeof(RestartOnlyAttribute), inherit: true)
                && !Equals(property.GetValue(before), property.GetValue(after)))
            .Select(property => ConfigurationKeys.Full(path + property.Name));
}
