namespace DeviceHarness.Duis.Service;

/// <summary>A text is not a DUIS message that this harness can read.</summary>
public sealed class DuisFormatException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong and what is allowed.</param>
    /// <param name="path">The element's path, such as <c>/Request/Header/CommandVariant</c>.</param>
    /// <param name="line">The line, from 1; 0 when unknown.</param>
    /// <param name="column">The column, from 1; 0 when unknown.</param>
    /// <param name="innerException">The parser's own error, when there was one.</param>
    public DuisFormatException(string message, string path, int line, int column, Exception? innerException = null)
        : base($"{path} (line {line}, column {column}): {message}", innerException)
    {
        Path = path;
        Line = line;
        Column = column;
    }

    /// <summary>The element's path.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 when unknown.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 when unknown.</summary>
    public int Column { get; }
}
