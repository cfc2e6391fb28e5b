using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Pair = System.Collections.Generic.KeyValuePair<string, object?>;

namespace Zotify.Logging.Tests.Support;

/// <summary>A record as a buffer passes it on. By default of level Information, logged at <see cref="Some.Time"/>.</summary>
internal sealed class BufferedRecord(string message, params Pair[] attributes) : BufferedLogRecord
{
    public LogLevel Level { get; init; } = LogLevel.Information;

    public EventId Id { get; init; }

    public string? Failure { get; init; }

    public ActivityTraceId? Trace { get; init; }

    public ActivitySpanId? Span { get; init; }

    public override DateTimeOffset Timestamp => Some.Time;

    public override LogLevel LogLevel => Level;

    public override EventId EventId => Id;

    public override string? Exception => Failure;

    public override ActivityTraceId? ActivityTraceId => Trace;

    public override ActivitySpanId? ActivitySpanId => Span;

    public override string FormattedMessage => message;

    public override IReadOnlyList<Pair> Attributes => attributes;
}
