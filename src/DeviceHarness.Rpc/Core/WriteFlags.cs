namespace Grpc.Core;

/// <summary>How a message is written.</summary>
[Flags]
#pragma warning disable CA1711, CA1008 // The name is the official one, and so is that nothing is named for zero.
public enum WriteFlags
#pragma warning restore CA1711, CA1008
{
    /// <summary>More follows at once: the message may wait in the buffer.</summary>
    BufferHint = 0x1,

    /// <summary>Never compress this message.</summary>
    NoCompress = 0x2,
}
