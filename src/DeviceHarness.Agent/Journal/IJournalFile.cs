namespace DeviceHarness.Agent.Journal;

/// <summary>One open file of a journal, written at its end.</summary>
/// <remarks>One writer; reads may come from other threads beside it. Faults of the medium are an <see cref="IOException"/>.</remarks>
public interface IJournalFile : IDisposable
{
    /// <summary>Where it is, for messages.</summary>
    string Path { get; }

    /// <summary>The length in octets.</summary>
    long Length { get; }

    /// <summary>Writes at the end. What was written survives a loss of power only after <see cref="Flush"/>.</summary>
    void Append(ReadOnlySpan<byte> octets);

    /// <summary>Makes durable what was written; the length too.</summary>
    void Flush();

    /// <summary>Reads from an offset.</summary>
    /// <returns>How many octets were read: fewer than asked for at the end of the file.</returns>
    int Read(long offset, Span<byte> target);

    /// <summary>Cuts off what is behind a length.</summary>
    void Truncate(long length);
}
