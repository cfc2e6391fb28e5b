using Zotify.Logging.Common;
using Zotify.Logging.Journal;

namespace Zotify.Logging.Alerts;

/// <summary>
/// Evaluates events and conditions, and keeps the messages until the receiver has accepted them. Every message is stored before it may be
/// sent, together with the checkpoint of the lines that made it. Thread-safe.
/// </summary>
/// <param name="path">The file of the state.</param>
/// <param name="settings">What to look for.</param>
/// <param name="instance">The name of the writer.</param>
/// <param name="time">The clock.</param>
/// <param name="state">The state as it was stored.</param>
internal sealed class AlertBook(string path, AlertSettings settings, string instance, TimeProvider time, AlertState state)
{
    /// <summary>While so many messages wait, lines are not evaluated: their journal keeps them.</summary>
    public const int MostPending = 10_000;

    // Lines that fired nothing are evaluated again after a crash, which changes nothing. So not every line must be stored.
    private const int MostUnstored = 10_000;
    private const int MostAccepted = 32;

    private readonly Lock _gate = new();
    private readonly AlertLines _lines = new();
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly AlertAbsences _absences = new();
    private readonly Dictionary<string, JournalCheckpoint> _stored = new(StringComparer.Ordinal);
    private long? _unsettled;
    private int _unstored;
    private bool _isDirty;
    private (long Sent, long Failed) _ended;

    /// <summary>Set when a message can be sent.</summary>
    public AsyncSignal Ready { get; } = new();

    /// <summary>How many messages wait, were accepted, and were given up. The latter two count from the start of the process.</summary>
    public (int Pending, long Sent, long Failed) Counts
    {
        get
        {
            lock (_gate) return (state.Outbox.Count, _ended.Sent, _ended.Failed);
        }
    }

    /// <summary>Begins with a journal: where it was left, or, where that line is gone, after the last line that it has.</summary>
    /// <param name="handler">The handler that writes it.</param>
    /// <param name="end">The position after its last line.</param>
    /// <param name="holds">Whether the journal holds a line.</param>
    /// <exception cref="IOException">The state cannot be stored yet; it is stored with the next change. The journal is open.</exception>
    public void Open(string handler, JournalCheckpoint end, Func<JournalCheckpoint, bool> holds)
    {
        lock (_gate)
        {
            if (!state.Checkpoints.TryGetValue(handler, out var begin) || !holds(begin)) state.Checkpoints[handler] = begin = end;
            _last[handler] = begin.Seq;
            state.Begin(handler, settings.Rules, end.Seq, time.GetUtcNow());
            if (handler == AlertJournals.Jobs) _unsettled = end.Seq;
            SettleJobs(handler, begin.Seq);
            // Stored before the first line is written: a crash must not lose the lines after it.
            (_stored[handler], _isDirty) = (begin, true);
            Store();
        }
    }

    /// <summary>How far the journal was evaluated, as it is stored, and the number of the last line that was.</summary>
    public (JournalCheckpoint Stored, long Last) PositionOf(string handler)
    {
        lock (_gate) return (_stored[handler], _last[handler]);
    }

    /// <summary>Evaluates lines of a journal, in order. Lines that were evaluated before are skipped.</summary>
    /// <exception cref="IOException">What they fired cannot be stored. Call it again with the same lines.</exception>
    public void Evaluate(string handler, IReadOnlyList<JournalLine> lines)
    {
        lock (_gate)
        {
            foreach (var line in lines)
            {
                if (line.Seq <= _last[handler]) continue;
                SettleJobs(handler, line.Seq - 1);
                if (_lines.Read(handler, line, state) is { } happened) Apply(handler, happened);
                _last[handler] = line.Seq;
            }

            SettleJobs(handler, _last[handler]);
            if (lines[^1].Seq >= _last[handler]) state.Checkpoints[handler] = lines[^1].ToCheckpoint();
            var (now, then) = (state.Checkpoints[handler], _stored[handler]);
            if (_isDirty || now.Segment != then.Segment || now.Seq - then.Seq >= MostUnstored) Store();
        }
    }

    /// <summary>Tells what is absent now.</summary>
    /// <param name="durableSeq">The number of the last line of a handler's journal that is on the disk.</param>
    /// <exception cref="IOException">What fired cannot be stored yet; it is stored with the next change.</exception>
    public void Tick(Func<string, long> durableSeq)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var rule in settings.Rules)
            {
                if (!state.Rules.TryGetValue(rule.Name, out var known) || !_last.TryGetValue(rule.Handler, out var last)) continue;
                if (_absences.Tell(rule, known, now, last, durableSeq)) Add(AlertMessage.OfAbsence(rule, known.LastSeen, instance, now));
            }

            if (_isDirty) Store();
        }
    }

    /// <summary>
    /// Tells each condition once: again after it was over, or when something else is wrong. It is told even where it cannot be stored,
    /// because that may be what is wrong.
    /// </summary>
    /// <param name="seen">The conditions. Those of alerts that are off are left out.</param>
    /// <param name="complete">The alerts all of whose true conditions are in <paramref name="seen"/>: others of these are over.</param>
    public void Observe(IEnumerable<AlertCondition> seen, params IReadOnlyList<string> complete)
    {
        lock (_gate)
        {
            var (told, isChanged) = state.Note([.. seen.Where(condition => settings.BuiltIn.Contains(condition.Name))], complete);
            if (!isChanged) return;
            var messages = told.ConvertAll(condition => AlertMessage.OfCondition(condition, instance, time.GetUtcNow()));
            foreach (var message in messages) Add(message);
            TryStore();
            foreach (var message in messages) message.IsReady = true;
        }

        Ready.Set();
    }

    /// <summary>The next message to send, and when; <see langword="null"/> where there is none.</summary>
    public (PendingAlert Message, DateTimeOffset At)? Next()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            DateTimeOffset DueAt(PendingAlert pending) => WebhookSchedule.Due(pending.NextAt, now);
            if (state.Outbox.Where(pending => pending.IsReady).MinBy(DueAt) is not { } next) return null;
            var (at, receiverAt) = (DueAt(next), WebhookSchedule.Due(state.ReceiverNextAt, now));
            return (next, at > receiverAt ? at : receiverAt);
        }
    }

    /// <summary>The receiver accepted a message.</summary>
    public void Accepted(PendingAlert message)
    {
        lock (_gate)
        {
            _ended.Sent++;
            (state.ReceiverFailures, state.ReceiverNextAt) = (0, default);
            state.Outbox.Remove(message);
            // A crash repeats some messages. Storing each of many that wait would take longer than sending them.
            if (state.Outbox.Count > 0 && ++_unstored < MostAccepted) _isDirty = true;
            else TryStore();
        }
    }

    /// <summary>An attempt failed. Returns whether the message was given up.</summary>
    public bool Refused(PendingAlert message, WebhookAnswer answer, double chance)
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            message.Attempts++;
            var failures = answer.IsOfMessage ? message.Attempts : ++state.ReceiverFailures;
            var nextAt = now + WebhookSchedule.After(failures, answer.RetryAfter, chance);
            if (answer.IsOfMessage) message.NextAt = nextAt;
            else state.ReceiverNextAt = nextAt;
            var isOver = WebhookSchedule.IsOver(message.CreatedAt, now);
            if (isOver)
            {
                _ended.Failed++;
                state.Outbox.Remove(message);
            }

            // As with accepted ones. A crash only repeats some attempts.
            if (answer.IsOfMessage && state.Outbox.Count > 0 && ++_unstored < MostAccepted) _isDirty = true;
            else TryStore();
            return isOver;
        }
    }

    /// <summary>Gives up the messages that are over, while the receiver accepts none: not each needs an attempt of its own.</summary>
    public IReadOnlyList<PendingAlert> GiveUp()
    {
        lock (_gate)
        {
            var over = state.ReceiverFailures == 0 ? [] : state.RemoveOver(time.GetUtcNow());
            _ended.Failed += over.Count;
            if (over.Count > 0) TryStore();
            return over;
        }
    }

    /// <summary>Stores what is not stored yet, if that is possible.</summary>
    public void Close()
    {
        lock (_gate) TryStore();
    }

    private void Apply(string handler, AlertEvent happened)
    {
        var now = time.GetUtcNow();
        foreach (var rule in settings.Rules.Where(rule => rule.Handler == handler))
        {
            var known = state.Rules[rule.Name];
            if (happened.Seq <= known.After || !rule.Matches(happened)) continue;
            if (AlertEvaluation.Count(rule, known, happened.Timestamp, now) is { } first)
                Add(AlertMessage.OfEvent(rule, happened, first, instance, now));
        }
    }

    /// <summary>When all lines of earlier runs are evaluated, the jobs that these left running are interrupted.</summary>
    private void SettleJobs(string handler, long evaluated)
    {
        if (handler != AlertJournals.Jobs || _unsettled is not { } last || evaluated < last) return;
        _unsettled = null;
        foreach (var job in AlertJobs.Interrupt(state, last, instance, time.GetUtcNow().UtcDateTime)) Apply(handler, job);
    }

    private void Add(PendingAlert message)
    {
        state.Outbox.Add(message);
        _isDirty = true;
    }

    private void Store()
    {
        AlertStateFile.Write(path, state);
        (_isDirty, _unstored) = (false, 0);
        foreach (var (handler, checkpoint) in state.Checkpoints) _stored[handler] = checkpoint;
        var added = state.Outbox.FindAll(pending => !pending.IsReady);
        foreach (var pending in added) pending.IsReady = true;
        if (added.Count > 0) Ready.Set();
    }

    private void TryStore()
    {
        try
        {
            Store();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The next change stores it. Until then, a crash repeats messages.
            _isDirty = true;
        }
    }
}
