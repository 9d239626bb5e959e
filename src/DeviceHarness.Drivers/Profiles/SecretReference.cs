using System.Text;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>Says where a secret is, never what it is: <c>test:&lt;text&gt;</c> for the made-up secrets of virtual devices,
/// <c>file:&lt;path&gt;</c> for real
/// ones.</summary>
/// <remarks>Its text form hides the rest, so that it may appear in messages.</remarks>
public sealed class SecretReference
{
    private const string TestScheme = "test:";
    private const string FileScheme = "file:";
    private const int MaximumOctets = 1024;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private readonly string _reference;
    private readonly string _baseFolder;

    private SecretReference(string reference, string baseFolder)
    {
        _reference = reference;
        _baseFolder = baseFolder;
    }

    /// <summary>Reads a reference.</summary>
    /// <param name="node">The value; a path is relative to the file that it stands in.</param>
    /// <exception cref="ConfigurationException">It has no known scheme.</exception>
    public static SecretReference Read(ConfigurationNode node)
    {
        ArgumentNullException.ThrowIfNull(node);
        string text = node.AsText();
        bool isKnown = text.StartsWith(TestScheme, StringComparison.Ordinal) || text.StartsWith(FileScheme, StringComparison.Ordinal);
        return isKnown
            ? new SecretReference(text, Path.GetDirectoryName(Path.GetFullPath(node.File)) ?? string.Empty)
            : throw node.Wrong("a text that is no reference (not shown)", "test:<made-up secret>, file:<path>");
    }

    /// <summary>The secret's octets.</summary>
    /// <exception cref="ConfigurationException">The file cannot be read, is too long, or others than its owner may touch it.</exception>
    public ReadOnlyMemory<byte> Resolve()
    {
        if (_reference.StartsWith(TestScheme, StringComparison.Ordinal))
        {
            return Encoding.ASCII.GetBytes(_reference[TestScheme.Length..]);
        }

        string path = Path.Combine(_baseFolder, _reference[FileScheme.Length..]);
        RequireOwnerOnly(path);
        FileInfo file = new(path);
        return file.Exists && file.Length is > 0 and <= MaximumOctets
            ? Encoding.ASCII.GetBytes(File.ReadAllText(path).TrimEnd('\r', '\n'))
            : throw new ConfigurationException("PROF-001", path, 0, 0, "file", "no secret", $"a file of 1 to {MaximumOctets} octets");
    }

    private static void RequireOwnerOnly(string path)
    {
        if (!OperatingSystem.IsWindows() && File.Exists(path) && (File.GetUnixFileMode(path) & Others) != UnixFileMode.None)
        {
            throw new ConfigurationException("PROF-003", path, 0, 0, "mode", "a file that others may read or write", "0600: chmod 600");
        }
    }

    /// <summary>The scheme only.</summary>
    public override string ToString() => _reference.StartsWith(TestScheme, StringComparison.Ordinal) ? "test:***" : "file:***";
}
