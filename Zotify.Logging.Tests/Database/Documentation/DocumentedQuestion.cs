namespace Zotify.Logging.Tests.Database.Documentation;

/// <summary>A question of <c>docs/sql.md</c>.</summary>
/// <param name="Title">The question.</param>
/// <param name="Statements">The statement for each engine.</param>
/// <param name="Linq">The query in LINQ.</param>
/// <param name="Answer">The names of the columns, then a line for each row, the values separated by bars.</param>
internal sealed record DocumentedQuestion(string Title, IReadOnlyDictionary<string, string> Statements, string Linq, string Answer);
