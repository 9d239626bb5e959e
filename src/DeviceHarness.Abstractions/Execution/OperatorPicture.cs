namespace DeviceHarness.Abstractions.Execution;

/// <summary>A picture that the person at the bench took.</summary>
/// <param name="MediaType">Its media type, by its own first octets.</param>
/// <param name="Content">The file; at most <see cref="EvidenceRecorded.MaximumOctets"/>.</param>
public sealed record OperatorPicture(string MediaType, ReadOnlyMemory<byte> Content)
{
    private static readonly (string MediaType, byte[] Begin)[] Kinds =
        [("image/png", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]), ("image/jpeg", [0xFF, 0xD8, 0xFF])];

    /// <summary>The end of a file name for it.</summary>
    public string Extension => MediaType == "image/png" ? "png" : "jpg";

    /// <summary>Recognises a picture.</summary>
    /// <param name="content">The file.</param>
    /// <returns>Null when it is neither PNG nor JPEG, or larger than a piece of evidence may be.</returns>
    public static OperatorPicture? Of(ReadOnlyMemory<byte> content)
    {
        string? mediaType = Array.Find(Kinds, kind => content.Span.StartsWith(kind.Begin)).MediaType;
        return mediaType is null || content.Length > EvidenceRecorded.MaximumOctets ? null : new OperatorPicture(mediaType, content);
    }
}
