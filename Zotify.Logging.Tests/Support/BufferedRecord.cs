using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Support;

/// <summary>A record as a buffer passes it on. By default of level Information, logged at <see cref="Some.Time"/>.</summary>
internal sealed class BufferedRecord(string message, params Pair[] attributes) : BufferedLogRecord
{
    public static readonly ActivityTraceId Trace = System.Diagnostics.ActivityTraceId.CreateFromString("4bf92f3577b34da6a3ce929d0e0e4736");
    public static readonly ActivitySpanId Span = System.Diagnostics.ActivitySpanId.CreateFromString("00f067aa0ba902b7");

    public LogLevel Level { get; init; } = LogLevel.Information;

    public EventId Id { get; init; }

    public string? Failure { get; init; }

    public bool Traced { get; init; }

    public override DateTimeOffset Timestamp => Some.Time;

    public override LogLevel LogLevel => Level;

    public override EventId EventId => Id;

    public override string? Exception => Failure;

    public override ActivityTraceId? ActivityTraceId => Traced ? Trace : null;

    public override ActivitySpanId? ActivitySpanId => Traced ? Span : null;

    public override string FormattedMessage => message;

    public override IReadOnlyList<Pair> Attributes => attributes;
}
