using System.Text.Json;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Packs.Evidence;

/// <summary>Reads the evidence of an attempt.</summary>
public static class EvidenceReader
{
    /// <summary>Reads a document.</summary>
    /// <param name="json">The document, UTF-8.</param>
    /// <param name="file">Where it came from, for messages.</param>
    /// <exception cref="ConfigurationException">EVID-001: it is no evidence, or of another form.</exception>
    public static EvidenceDocument Read(ReadOnlySpan<byte> json, string file)
    {
        try
        {
            EvidenceDocument? document = JsonSerializer.Deserialize(json, EvidenceWriter.Json.EvidenceDocument);
            return document?.Format == EvidenceDocument.CurrentFormat
                ? document
                : throw Wrong(file, 0, 0, document is null ? "null" : $"the format '{document.Format}'");
        }
        catch (JsonException exception)
        {
            throw Wrong(file, (int)(exception.LineNumber ?? -1) + 1, (int)(exception.BytePositionInLine ?? -1) + 1, exception.Message);
        }
    }

    /// <summary>Reads the evidence of a file, or of every <c>.json</c> file of a folder and the folders in it.</summary>
    /// <param name="path">The file or folder; it exists.</param>
    /// <returns>The attempts in the order in which they began.</returns>
    /// <exception cref="ConfigurationException">EVID-001: a file is no evidence, or of another form. EVID-002: the folder holds no such
    /// file.</exception>
    public static IReadOnlyList<EvidenceDocument> ReadAll(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!Directory.Exists(path))
        {
            return [Read(File.ReadAllBytes(path), path)];
        }

        string[] files = Directory.GetFiles(path, "*.json", SearchOption.AllDirectories);
        return files.Length > 0
            ? [.. files.Order(StringComparer.Ordinal).Select(file => Read(File.ReadAllBytes(file), file))
                .OrderBy(attempt => attempt.Started)]
            : throw new ConfigurationException("EVID-002", path, 0, 0, "evidence", "no .json file", "the evidence of attempts");
    }

    private static ConfigurationException Wrong(string file, int line, int column, string found) =>
        new("EVID-001", file, line, column, "format", found, $"a document of the form {EvidenceDocument.CurrentFormat}");
}
