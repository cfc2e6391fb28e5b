using System.Globalization;
using System.Text;
using Zotify.Logging.AspNetCore.Common;
using Zotify.Logging.Common;

namespace Zotify.Logging.Web.SignIn;

/// <summary>
/// The sessions that somebody has signed out of, in the file <c>zotify.sessions</c> of the log directory: the keys of the cookies outlive a
/// restart, and so must the end of a session. Each line has an id and when it ended. Not thread-safe.
/// </summary>
internal sealed partial class EndedSessions
{
    private const string FileName = "zotify.sessions";

    private readonly RequestClock _clock;
    private readonly ILogger<EndedSessions> _logger;
    private readonly string _path;
    private readonly Dictionary<string, DateTimeOffset> _ended = new(StringComparer.Ordinal);

    /// <summary>Reads the file of a log directory.</summary>
    public EndedSessions(RequestClock clock, string directory, ILogger<EndedSessions> logger)
    {
        (_clock, _logger, _path) = (clock, logger, Path.Combine(directory, FileName));
        Try(Read);
    }

    /// <summary>Whether somebody has signed out of it.</summary>
    public bool Contains(string id) => _ended.ContainsKey(id);

    /// <summary>Adds one. Where it cannot be stored, it counts until the program ends, and an error is logged.</summary>
    public void Add(string id)
    {
        RemoveExpired();
        if (_ended.TryAdd(id, _clock.Now)) Try(Write);
    }

    private void Read()
    {
        if (!File.Exists(_path)) return;
        OwnFile.EnsureFile(_path);
        foreach (var line in File.ReadLines(_path))
        {
            // Nobody else writes it; a line that is none of ours says nothing.
            if (line.Split(' ') is [var id, var time]
                && DateTimeOffset.TryParse(time, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
                _ended[id] = at;
        }

        RemoveExpired();
    }

    private void Write()
    {
        OwnFile.CreateDirectory(Path.GetDirectoryName(_path)!);
        var lines = _ended.Select(ended => $"{ended.Key} {ended.Value.UtcDateTime.ToString("O", CultureInfo.InvariantCulture)}\n");
        OwnFile.Replace(_path, Encoding.UTF8.GetBytes(string.Concat(lines)));
    }

    /// <summary>Forgets those whose cookies are no longer valid.</summary>
    private void RemoveExpired()
    {
        var oldest = _clock.Now - Sessions.Lifetime;
        foreach (var (id, _) in _ended.Where(ended => ended.Value < oldest).ToList()) _ended.Remove(id);
    }

    private void Try(Action work)
    {
        try
        {
            work();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogUnstored(_logger, exception, _path);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "The ended sessions in {File} cannot be read or stored: after a restart, a copy of their cookies may sign in again")]
    private static partial void LogUnstored(ILogger logger, Exception exception, string file);
}
