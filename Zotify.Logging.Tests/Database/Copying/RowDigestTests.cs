using Zotify.Logging.Copying;

namespace Zotify.Logging.Tests.Database.Copying;

[TestClass]
public sealed class RowDigestTests
{
    private static readonly object?[] One = [1L, "a", null, new DateTime(1, DateTimeKind.Utc), Guid.Empty, 7];
    private static readonly object?[] Other = [2L, "b", null, new DateTime(1, DateTimeKind.Utc), Guid.Empty, 7];

    [TestMethod]
    public void The_order_of_rows_does_not_count() => Assert.AreEqual(Of(One, Other), Of(Other, One));

    [TestMethod]
    public void A_row_that_is_missing_there_twice_or_changed_does()
    {
        var digests = new[]
        {
            Of(), Of(One), Of(One, One), Of(Other), Of([.. One[..^1], 8]), Of([1L, "a", "", .. One[3..]]),
            Of([1L, "a", null, new DateTime(2, DateTimeKind.Utc), .. One[4..]]),
        };
        CollectionAssert.AllItemsAreUnique(digests);
    }

    [TestMethod]
    public void Where_a_text_ends_counts() => Assert.AreNotEqual(Of(["ab", "c"]), Of(["a", "bc"]));

    [TestMethod]
    public void A_number_is_the_same_in_every_type_and_a_lone_surrogate_is_what_a_file_has_for_it()
    {
        Assert.AreEqual(Of([7L]), Of([7]));
        Assert.AreEqual(Of(["\uFFFDx"]), Of(["\uD800x"]));
        Assert.AreEqual(Of([new string('ä', 100_000)]), Of([new string('ä', 100_000)]));
    }

    private static string Of(params object?[][] rows)
    {
        var digest = new RowDigest();
        foreach (var row in rows) digest.Add(row);
        Assert.AreEqual(rows.Length, digest.Count);
        return digest.ToString();
    }
}
