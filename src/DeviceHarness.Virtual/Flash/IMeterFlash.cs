namespace DeviceHarness.Virtual.Flash;

/// <summary>The memory of a virtual device that lasts without power: named records of octets.</summary>
/// <remarks>Used from one thread at a time. Names are lower-case letters, digits and hyphens.</remarks>
public interface IMeterFlash
{
    /// <summary>Reads a record.</summary>
    /// <param name="name">The record.</param>
    /// <returns>Its octets; null when it was never written, or erased.</returns>
    /// <exception cref="IOException">The memory cannot be read.</exception>
    byte[]? Read(string name);

    /// <summary>Writes a whole record: afterwards it holds the old octets or the new ones, whatever happens meanwhile.</summary>
    /// <param name="name">The record.</param>
    /// <param name="octets">What it holds from now on.</param>
    /// <exception cref="IOException">The memory cannot be written.</exception>
    void Write(string name, ReadOnlySpan<byte> octets);

    /// <summary>Writes a part of a record, which grows as needed; octets that nobody wrote are 0.</summary>
    /// <param name="name">The record.</param>
    /// <param name="offset">Where the part begins, in octets from 0.</param>
    /// <param name="octets">The part.</param>
    /// <exception cref="IOException">The memory cannot be written.</exception>
    void WriteAt(string name, int offset, ReadOnlySpan<byte> octets);

    /// <summary>Erases a record; nothing happens when there is none.</summary>
    /// <param name="name">The record.</param>
    /// <exception cref="IOException">The memory cannot be written.</exception>
    void Erase(string name);
}
