using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Handlers;

/// <summary>
/// The options of every handler: which records it gets and how they queue. Configured under <c>Logging:Zotify:Handlers:&lt;name&gt;</c>. A
/// handler with options of its own derives from this class. A list in the configuration replaces the default list.
/// </summary>
// The configuration sets the properties, so a trimmed program must keep them for every class of handler options.
[DynamicallyAccessedMembers(OptionTypes.Kept)]
public class LogHandlerOptions
{
    /// <summary>Whether the handler gets records at all. Changes at run time.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The lowest level that the handler gets. Changes at run time.</summary>
    [EnumDataType(typeof(LogLevel))]
    public LogLevel MinimumLevel { get; set; } = LogLevel.Information;

    /// <summary>
    /// Prefixes of the categories that the handler gets, as in <c>Logging:LogLevel</c>; empty means all. Changes at run time.
    /// </summary>
    public IList<string> Categories { get; set; } = [];

    /// <summary>
    /// Prefixes of the categories that the handler does not get. They win over <see cref="Categories"/>. Changes at run time.
    /// </summary>
    public IList<string> ExcludeCategories { get; set; } = [];

    /// <summary>
    /// The events that the handler gets, by name (<c>user.login</c>; a <c>*</c> at the end matches anything), by id (<c>1001</c>) or by a
    /// range of ids (<c>1000-1999</c>, both ends included); empty means all. Changes at run time.
    /// </summary>
    public IList<string> EventTypes { get; set; } = [];

    /// <summary>
    /// The events that the handler does not get, written as in <see cref="EventTypes"/>. They win over <see cref="EventTypes"/>. Changes at
    /// run time.
    /// </summary>
    public IList<string> ExcludeEventTypes { get; set; } = [];

    /// <summary>
    /// The handler gets only records with a property or scope value of this name; <see langword="null"/> means all. Changes at run time.
    /// </summary>
    public string? ScopeKey { get; set; }

    /// <summary>The most records in the handler's queue. Takes effect at the next start.</summary>
    [RestartOnly]
    [Range(1, 10_000_000)]
    public int QueueCapacity { get; set; } = 65_536;

    /// <summary>The most bytes in the handler's queue, by estimate. Takes effect at the next start.</summary>
    [RestartOnly]
    [Range(1024, long.MaxValue)]
    public long QueueBytes { get; set; } = 32 * 1024 * 1024;

    /// <summary>The most records that the handler gets in one batch. Changes at run time.</summary>
    [Range(1, 100_000)]
    public int MaxBatchSize { get; set; } = 1_000;

    /// <summary>What a call does when the queue is full. Changes at run time.</summary>
    [EnumDataType(typeof(OverflowMode))]
    public OverflowMode Overflow { get; set; } = OverflowMode.Drop;

    /// <summary>
    /// How long a call waits while the queue is full, where <see cref="Overflow"/> is <see cref="OverflowMode.Wait"/>. Changes at run time.
    /// </summary>
    [TimeSpanRange("00:00:00", "1.00:00:00")]
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Whether the handler obeys <c>Logging:LogLevel</c>, as any provider does. If not, it obeys only <c>Logging:Zotify:LogLevel</c>, so
    /// that a quiet <c>Logging:LogLevel:Default</c> cannot exclude its records by accident.
    /// </summary>
    public virtual bool ObeysGlobalLogLevel => true;

    /// <summary>
    /// Whether a <see cref="LevelOverride"/> applies to the handler. By default it does not: an application's own handler may page
    /// somebody, and must not get debug records from an override.
    /// </summary>
    internal virtual bool HeedsOverrides => false;

    /// <summary>The ring that keeps lines below the handler's level; <see langword="null"/> where it is off.</summary>
    internal virtual RingOptions? ActiveRing => null;

    /// <summary>Whether the call itself writes the record, and returns when it is safe, instead of queueing it.</summary>
    internal virtual bool WritesInCall => false;
}
