using System.Globalization;
using CsCheck;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;

namespace Zotify.Logging.Tests.Fuzz;

/// <summary>A log call with everything around it.</summary>
internal sealed record LoggedCall(
    string Category, LogLevel Level, EventId Event, string Message, object? State, object?[] Scopes, Exception? Exception)
{
    private static readonly Gen<KeyValuePair<string, object?>[]> Named =
        Gen.Frequency((20, Gen.Int[0, 6]), (1, Gen.Int[120, 140]))
            .SelectMany(count => Gen.Select(Hostile.Name, Values.Any, KeyValuePair.Create).Array[count]);

    /// <summary>Calls whose named values can be compared with their record.</summary>
    public static readonly Gen<LoggedCall> Plain = Calls(Named.Select(values => (object?)values), Named.Select(values => (object?)values));

    /// <summary>Calls with states and scopes that misbehave.</summary>
    public static readonly Gen<LoggedCall> Wild = Calls(Fuzz.Wild.State, Fuzz.Wild.State);

    /// <summary>The values of the state, where it is plain.</summary>
    public IEnumerable<KeyValuePair<string, object?>> Properties => (KeyValuePair<string, object?>[])State!;

    /// <summary>The values of the scopes, where they are plain.</summary>
    public IEnumerable<IEnumerable<KeyValuePair<string, object?>>> ScopeValues =>
        Scopes.Select(scope => (KeyValuePair<string, object?>[])scope!);

    /// <summary>Makes the call.</summary>
    public void LogTo(ILogger logger)
    {
        var open = new Stack<IDisposable?>();
        foreach (var scope in Scopes) open.Push(logger.BeginScope(scope!));
        logger.Log(Level, Event, State, Exception, (_, _) => Message);
        foreach (var scope in open) scope?.Dispose();
    }

    /// <summary>The record that is captured from the call.</summary>
    public LogRecord Capture(params string[] redact)
    {
        var scopes = new LoggerExternalScopeProvider();
        foreach (var scope in Scopes) scopes.Push(scope);
        new RecordSnapshot(TimeProvider.System, scopes, new Redactor(redact))
            .Take(Category, Level, Event, State, Exception, (_, _) => Message, LogParts.All, mayDefer: true, out var record);
        return new LogRecord(record);
    }

    /// <summary>The text that a failing test shows.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Level} {Shown(Category)}[{Event.Id}:{Shown(Event.Name ?? "")}] {Shown(Message)} of {State?.GetType().Name} in "
                + $"{Scopes.Length} scopes, {Exception?.GetType().Name}");

    private static Gen<LoggedCall> Calls(Gen<object?> state, Gen<object?> scope) => Gen.Select(
        Hostile.Name,
        Gen.OneOf(LogLevel.Trace, LogLevel.Debug, LogLevel.Information, LogLevel.Warning, LogLevel.Error, LogLevel.Critical),
        Gen.Select(Gen.OneOf(Gen.Int, Gen.Const(0)), Gen.Null(Hostile.Name), (id, name) => new EventId(id, name)),
        Hostile.Text,
        state,
        scope.Array[0, 3],
        Gen.Null(Fuzz.Wild.Exception),
        (category, level, eventId, message, values, scopes, exception) =>
            new LoggedCall(category, level, eventId, message, values, scopes, exception));

    private static string Shown(string text) =>
        text.Length > 200
            ? $"{text.Length} characters"
            : string.Concat(
                text.Select(
                    c => c is >= ' ' and < '\u007f' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $@"\u{(int)c:x4}")));
}
