namespace DeviceHarness.Drivers.Keys;

/// <summary>The acts on the medium that keeps keys, one by one: what is not made durable may be lost with the power.</summary>
public interface IKeyStorage
{
    /// <summary>Where a person finds it, for messages.</summary>
    string Place { get; }

    /// <summary>The content of a file; null when there is none of that name.</summary>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">It cannot be read, or is too long.</exception>
    byte[]? Read(string name);

    /// <summary>Writes a file whole, over what was there; neither its content nor its name is durable.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="octets">The content.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    void Write(string name, ReadOnlySpan<byte> octets);

    /// <summary>Makes the content of a file durable.</summary>
    /// <param name="name">The file's name.</param>
    /// <exception cref="IOException">The medium failed.</exception>
    void Flush(string name);

    /// <summary>Gives a file the name of another, which is replaced at once; the names are not durable.</summary>
    /// <param name="from">The name before.</param>
    /// <param name="to">The name after.</param>
    /// <exception cref="IOException">The medium failed.</exception>
    void Rename(string from, string to);

    /// <summary>Makes all names durable.</summary>
    /// <exception cref="IOException">The medium failed.</exception>
    void SyncNames();

    /// <summary>Locks the whole storage against others, in any process, until it is disposed of or the process ends.</summary>
    /// <returns>Null when it is locked.</returns>
    IDisposable? TryLock();
}
