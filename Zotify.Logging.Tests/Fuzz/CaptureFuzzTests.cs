using System.Text;
using CsCheck;
using Microsoft.Extensions.Logging;
using Zotify.Logging.Capture;
using Zotify.Logging.Tests.Support;

namespace Zotify.Logging.Tests.Fuzz;

[TestClass]
public sealed class CaptureFuzzTests
{
    // The limits of a record, each generous.
    private const int MostBytes = 64 * 1024 * 1024;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    [TestMethod]
    public void Nothing_that_a_state_a_scope_or_an_exception_does_gets_out_of_the_call() => LoggedCall.Wild.Sample(
        call =>
        {
            var record = call.Capture("password");
            Assert.AreEqual(Expected.Text(call.Message), record.Message);
            Assert.AreEqual(call.Exception is null, record.Exception is null);
            Assert.IsInRange(0, MostBytes, record.Size);
            foreach (var text in Texts(record)) StrictUtf8.GetByteCount(text);
        },
        iter: 150 * TestScale.Factor);

    [TestMethod]
    public void Looking_for_a_scope_key_survives_the_same() => LoggedCall.Wild.Sample(
        call =>
        {
            var scopes = new LoggerExternalScopeProvider();
            foreach (var scope in call.Scopes) scopes.Push(scope);
            ScopeKeySearch.Finds("job_id", call.State, scopes);
        },
        iter: 150 * TestScale.Factor);

    [TestMethod]
    public void A_plain_state_is_kept_whole() => LoggedCall.Plain.Sample(
        call =>
        {
            var record = call.Capture();
            CollectionAssert.AreEqual(
                Expected.Named(call.Properties).Select(value => value.Key).ToArray(),
                record.Properties.Select(value => value.Key).ToArray());
            Assert.AreEqual(call.Category, record.Category);
            Assert.AreEqual(call.Level, record.Level);
        },
        iter: 150 * TestScale.Factor);

    private static IEnumerable<string> Texts(LogRecord record)
    {
        yield return record.Message;
        yield return record.Exception ?? "";
        foreach (var (name, value) in record.Properties.Concat(record.Scope))
        {
            yield return name;
            foreach (var text in Texts(value)) yield return text;
        }
    }

    private static IEnumerable<string> Texts(object? value) => value switch
    {
        string text => [text],
        IReadOnlyDictionary<string, object?> entries => entries.Keys.Concat(entries.Values.SelectMany(Texts)),
        IReadOnlyList<object?> items => items.SelectMany(Texts),
        _ => [],
    };
}
