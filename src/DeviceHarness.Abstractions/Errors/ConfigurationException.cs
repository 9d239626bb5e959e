namespace DeviceHarness.Abstractions.Errors;

/// <summary>A rig, profile, virtual-device or pack file is wrong.</summary>
public sealed class ConfigurationException : HarnessException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="code">The stable code of the fault.</param>
    /// <param name="file">The file.</param>
    /// <param name="line">The line, from 1; 0 when the whole file is meant.</param>
    /// <param name="column">The column, from 1; 0 when the whole line is meant.</param>
    /// <param name="key">The key's path, such as <c>cases[3].steps[0].expect</c>.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed there.</param>
    public ConfigurationException(string code, string file, int line, int column, string key, string found, string allowed)
        : base(code, $"{file}:{line}:{column}: {key}: found {found}; allowed: {allowed}", isTransient: false)
    {
        File = file;
        Line = line;
        Column = column;
        Key = key;
        Found = found;
        Allowed = allowed;
    }

    /// <summary>The file.</summary>
    public string File { get; }

    /// <summary>The line, from 1; 0 when the whole file is meant.</summary>
    public int Line { get; }

    /// <summary>The column, from 1; 0 when the whole line is meant.</summary>
    public int Column { get; }

    /// <summary>The key's path.</summary>
    public string Key { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed there.</summary>
    public string Allowed { get; }
}
