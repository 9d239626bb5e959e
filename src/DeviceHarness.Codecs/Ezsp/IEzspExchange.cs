namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A kind of frame, to be shown to people.</summary>
public interface IEzspExchange
{
    /// <summary>What the frame is.</summary>
    EzspFrameId Id { get; }

    /// <summary>Writes the parameters of a command out for people; keys are not shown.</summary>
    /// <param name="parameters">What follows the header.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    /// <returns>The text; null when they do not fit, or no host sends such a frame.</returns>
    string? DescribeCommand(ReadOnlyMemory<byte> parameters, EzspVersion version);

    /// <summary>Writes the parameters of an answer or a callback out for people; keys are not shown.</summary>
    /// <param name="parameters">What follows the header.</param>
    /// <param name="version">The version that both sides agreed on.</param>
    /// <returns>The text; null when they do not fit.</returns>
    string? DescribeResponse(ReadOnlyMemory<byte> parameters, EzspVersion version);
}
