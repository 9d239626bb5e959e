namespace DeviceHarness.Agent.Journal;

/// <summary>A journal's file on the disk.</summary>
/// <param name="stream">The open file; disposed of with this.</param>
internal sealed class DiskJournalFile(FileStream stream) : IJournalFile
{
    /// <inheritdoc/>
    public string Path => stream.Name;

    /// <inheritdoc/>
    public long Length => stream.Length;

    /// <inheritdoc/>
    public void Append(ReadOnlySpan<byte> octets)
    {
        stream.Seek(0, SeekOrigin.End);
        stream.Write(octets);
    }

    /// <inheritdoc/>
    public void Flush() => stream.Flush(flushToDisk: true);

    /// <inheritdoc/>
    public int Read(long offset, Span<byte> target) => RandomAccess.Read(stream.SafeFileHandle, target, offset);

    /// <inheritdoc/>
    public void Truncate(long length) => stream.SetLength(length);

    /// <inheritdoc/>
    public void Dispose() => stream.Dispose();
}
