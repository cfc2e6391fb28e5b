using Microsoft.Extensions.Logging;
using Zotify.Logging.Configuration;

namespace Zotify.Logging.Tests.Dispatch;

[TestClass]
public sealed class LogLevelRulesTests
{
    private static LogLevelRules Rules(params LoggerFilterRule[] rules) => new(rules, LogLevel.Information, "Full.Name", "Zotify");

    private static LoggerFilterRule Rule(string? provider, string? category, LogLevel? level) => new(provider, category, level, null);

    [TestMethod]
    public void Without_a_rule_the_minimum_of_the_factory_holds_for_the_general_rules_only()
    {
        var rules = Rules();

        Assert.IsFalse(rules.Allow("A", LogLevel.Debug, general: true));
        Assert.IsTrue(rules.Allow("A", LogLevel.Debug, general: false));
    }

    [TestMethod]
    public void A_general_rule_quiets_only_who_obeys_it()
    {
        var rules = Rules(Rule(null, "Microsoft", LogLevel.Warning));

        Assert.IsFalse(rules.Allow("Microsoft.Hosting", LogLevel.Information, general: true));
        Assert.IsTrue(rules.Allow("Microsoft.Hosting", LogLevel.Information, general: false));
    }

    [TestMethod]
    [DataRow("Zotify")]
    [DataRow("Full.Name")]
    public void A_rule_of_the_provider_holds_for_all_and_beats_a_more_specific_general_one(string provider)
    {
        var rules = Rules(Rule(provider, null, LogLevel.Error), Rule(null, "A.B.C", LogLevel.Trace));

        Assert.IsFalse(rules.Allow("A.B.C", LogLevel.Warning, general: true));
        Assert.IsFalse(rules.Allow("A.B.C", LogLevel.Warning, general: false));
        Assert.IsTrue(rules.Allow("A.B.C", LogLevel.Error, general: true));
    }

    [TestMethod]
    public void Rules_of_other_providers_do_not_matter() =>
        Assert.IsTrue(Rules(Rule("Console", null, LogLevel.None)).Allow("A", LogLevel.Information, general: true));

    [TestMethod]
    public void The_longest_category_wins_then_the_last_rule()
    {
        var rules = Rules(
            Rule(null, "A.B", LogLevel.Error),
            Rule(null, "A", LogLevel.Trace),
            Rule(null, "C", LogLevel.Error),
            Rule(null, "C", LogLevel.Debug));

        Assert.IsFalse(rules.Allow("A.B.X", LogLevel.Warning, general: true));
        Assert.IsTrue(rules.Allow("A.X", LogLevel.Trace, general: true));
        Assert.IsTrue(rules.Allow("C", LogLevel.Debug, general: true));
    }

    [TestMethod]
    public void A_star_in_a_category_matches_anything() =>
        Assert.IsFalse(Rules(Rule(null, "Micro*.Json", LogLevel.None)).Allow("Microsoft.Json", LogLevel.Critical, general: true));

    [TestMethod]
    public void A_filter_of_a_rule_decides_last()
    {
        var rules = Rules(new LoggerFilterRule(null, null, LogLevel.Trace, (_, category, _) => category != "Secret"));

        Assert.IsTrue(rules.Allow("Open", LogLevel.Information, general: true));
        Assert.IsFalse(rules.Allow("Secret", LogLevel.Information, general: true));
    }

    [TestMethod]
    public void The_lowest_level_is_that_of_all_rules_which_count_and_of_categories_without_one()
    {
        Assert.AreEqual(LogLevel.Information, Rules().Lowest(general: true));
        Assert.AreEqual(LogLevel.Trace, Rules().Lowest(general: false));
        Assert.AreEqual(LogLevel.Debug, Rules(Rule(null, "A", LogLevel.Error), Rule(null, "B", LogLevel.Debug)).Lowest(general: true));
        Assert.AreEqual(LogLevel.Trace, Rules(Rule("Zotify", "A", LogLevel.Error)).Lowest(general: false));
        Assert.AreEqual(
            LogLevel.Warning, Rules(Rule(null, null, LogLevel.Error), Rule("Zotify", "B", LogLevel.Warning)).Lowest(general: true));
        Assert.AreEqual(
            LogLevel.Warning, Rules(Rule("Zotify", null, LogLevel.Warning), Rule("Console", null, LogLevel.Debug)).Lowest(general: false));
        Assert.AreEqual(LogLevel.Trace, Rules(Rule(null, null, null)).Lowest(general: true));
    }
}
