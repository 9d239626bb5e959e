namespace DeviceHarness.Codecs.Hdlc;

/// <summary>One HDLC frame of format type 3, without flags, lengths and checksums, which the codec adds and checks.</summary>
/// <remarks>
/// Spec: IEC 62056-46, frame format type 3. The information points into the octets that were decoded: copy what must outlive them.
/// <code>
/// 7E | format 2 | destination 1/2/4 | source 1/2/4 | control 1 | HCS 2 | information 1..2030 | FCS 2 | 7E
///      1010 S LLL LLLLLLLL                                       '------- only together -------'
/// </code>
/// </remarks>
public readonly ref struct HdlcFrame
{
    /// <summary>Makes a frame.</summary>
    /// <param name="destination">The receiver.</param>
    /// <param name="source">The sender.</param>
    /// <param name="control">The control octet.</param>
    /// <param name="information">The information field; empty when there is none.</param>
    /// <param name="isSegmented">True when another frame of the same message follows.</param>
    public HdlcFrame(
        HdlcAddress destination,
        HdlcAddress source,
        HdlcControl control,
        ReadOnlySpan<byte> information = default,
        bool isSegmented = false)
    {
        Destination = destination;
        Source = source;
        Control = control;
        Information = information;
        IsSegmented = isSegmented;
    }

    /// <summary>The receiver.</summary>
    public HdlcAddress Destination { get; }

    /// <summary>The sender.</summary>
    public HdlcAddress Source { get; }

    /// <summary>The control octet.</summary>
    public HdlcControl Control { get; }

    /// <summary>The S bit: true when another frame of the same message follows.</summary>
    public bool IsSegmented { get; }

    /// <summary>The information field, at most <see cref="HdlcFrameCodec.MaximumInformationOctets"/>; empty when there is none.</summary>
    public ReadOnlySpan<byte> Information { get; }
}
