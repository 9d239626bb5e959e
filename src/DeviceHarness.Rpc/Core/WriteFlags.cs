namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
#pragma warning disable CA1711 // The name is the official one.
public enum WriteFlags
#pragma warning restore CA1711
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>More follows at once: the message may wait in the buffer.</summary>
    BufferHint = 0x1,

    /// <summary>Never compress this message.</summary>
    NoCompress = 0x2,
}
