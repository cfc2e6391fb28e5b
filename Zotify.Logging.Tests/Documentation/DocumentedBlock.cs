namespace Zotify.Logging.Tests.Documentation;

/// <summary>A fenced block of a document.</summary>
/// <param name="Document">The document, from the repository's root.</param>
/// <param name="Line">The line of the fence, counted from 1.</param>
/// <param name="Language">The language of the fence; empty where there is none.</param>
/// <param name="Text">What is between the fences.</param>
internal sealed record DocumentedBlock(string Document, int Line, string Language, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Document}({Line}) {Language}";
}
