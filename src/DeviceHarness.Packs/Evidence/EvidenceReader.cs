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

    private static ConfigurationException Wrong(string file, int line, int column, string found) =>
        new("EVID-001", file, line, column, "format", found, $"a document of the form {EvidenceDocument.CurrentFormat}");
}
