using System.Buffers;
using System.Diagnostics;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Cosem;
using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>The attributes and methods of an image transfer object.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 18, as this harness's DLMS guide sums it up.</remarks>
/// <param name="client">The association.</param>
/// <param name="name">The object's logical name.</param>
/// <param name="port">The port, for messages.</param>
public sealed class ImageTransferObject(DlmsClient client, ObisCode name, string port)
{
    /// <summary>The interface class.</summary>
    public const ushort ClassId = 18;

    /// <summary>The largest block that is sent, in octets.</summary>
    public const int MaximumBlockOctets = 65_535;

    /// <summary>The longest identifier of an image, in octets.</summary>
    public const int MaximumIdentifierOctets = 255;

    private const int BlockSize = 2;
    private const int FirstNotTransferred = 4;
    private const int Enabled = 5;
    private const int Status = 6;
    private const int ImagesToActivate = 7;
    private const int StructureOverheadOctets = 16;

    /// <summary>Methods without a real parameter are defined with "integer (0)".</summary>
    private static readonly byte[] IntegerZero = [0x0F, 0x00];

    /// <summary>Reads the size of every block but the last.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<int> ReadBlockSizeAsync(CancellationToken cancellationToken)
    {
        (long size, ReadOnlyMemory<byte> data) = await ReadNumberAsync(BlockSize, cancellationToken).ConfigureAwait(false);
        return size is > 0 and <= MaximumBlockOctets
            ? (int)size
            : throw DlmsFaults.Unexpected(data, What(BlockSize), $"a block size of {size} where 1 to {MaximumBlockOctets} was expected");
    }

    /// <summary>Reads the number of the first block that the device does not have; the number of blocks when it has them all.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<long> ReadFirstMissingAsync(CancellationToken cancellationToken) =>
        (await ReadNumberAsync(FirstNotTransferred, cancellationToken).ConfigureAwait(false)).Number;

    /// <summary>Reads where the transfer stands.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<ImageTransferStatus> ReadStatusAsync(CancellationToken cancellationToken)
    {
        (long status, ReadOnlyMemory<byte> data) = await ReadNumberAsync(Status, cancellationToken).ConfigureAwait(false);
        return status is >= (long)ImageTransferStatus.NotInitiated and <= (long)ImageTransferStatus.ActivationFailed
            ? (ImageTransferStatus)status
            : throw DlmsFaults.Unexpected(data, What(Status), $"the transfer status {status} where 0 to 7 was expected");
    }

    /// <summary>Makes sure that the device takes images: reads whether it does, and switches it on when it does not.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask EnableAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(Attribute(Enabled), cancellationToken).ConfigureAwait(false);
        AxdrReader reader = new(data.Span);
        if (!reader.TryReadValue(out AxdrValue value) || value.Type != DlmsDataType.Boolean)
        {
            throw DlmsFaults.Malformed(data, reader.Fault, $"{What(Enabled)}: no truth value");
        }

        if (value.Octets[0] == 0)
        {
            await client.SetAsync(Attribute(Enabled), new byte[] { (byte)DlmsDataType.Boolean, 0x01 }, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    /// <summary>Begins a transfer: the device forgets the blocks of the one before.</summary>
    /// <param name="identifier">What the image is called, 1 to 255 octets.</param>
    /// <param name="octets">Its size in octets.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask InitiateAsync(ReadOnlyMemory<byte> identifier, int octets, CancellationToken cancellationToken)
    {
        byte[] parameter = new byte[MaximumIdentifierOctets + StructureOverheadOctets];
        int length = EncodeAnnouncement(identifier.Span, octets, parameter);
        _ = await client.ActionAsync(Method(1), parameter.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends one block. Sending it again does no harm.</summary>
    /// <param name="number">Its number, from 0.</param>
    /// <param name="octets">What is in it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the device took it: false when it asks to wait (temporary-failure).</returns>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask<bool> TransferBlockAsync(int number, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        byte[] parameter = new byte[octets.Length + StructureOverheadOctets];
        AxdrWriter writer = new(parameter);
        writer.WriteStructure(2);
        writer.WriteDoubleLongUnsigned((uint)number);
        writer.WriteOctetString(octets.Span);
        int length = Written(ref writer);
        return TryActionAsync(Method(2), parameter.AsMemory(0, length), cancellationToken);
    }

    /// <summary>Has the device verify what it holds.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it has done so; false when it is still at it (temporary-failure).</returns>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask<bool> VerifyAsync(CancellationToken cancellationToken) => TryActionAsync(Method(3), IntegerZero, cancellationToken);

    /// <summary>Has the device run the image that it verified.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it has done so; false when it is still at it (temporary-failure).</returns>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public ValueTask<bool> ActivateAsync(CancellationToken cancellationToken) => TryActionAsync(Method(4), IntegerZero, cancellationToken);

    /// <summary>Reads which images the device holds, verified.</summary>
    /// <exception cref="HarnessException">The device refuses, breaks the protocol or is silent.</exception>
    public async ValueTask<IReadOnlyList<ImageToActivate>> ReadImagesAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(Attribute(ImagesToActivate), cancellationToken).ConfigureAwait(false);
        if (DlmsDataCodec.Decode(data.Span, out DlmsData images, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, What(ImagesToActivate));
        }

        if (images.Type != DlmsDataType.Array)
        {
            throw DlmsFaults.Unexpected(data, What(ImagesToActivate), $"a value of type {images.Type} where an array was expected");
        }

        List<ImageToActivate> held = [];
        foreach (DlmsData image in images.Items)
        {
            bool isImage = image.Type == DlmsDataType.Structure && image.Items.Count == 3
                && image.Items[1].Type == DlmsDataType.OctetString && image.Items[2].Type == DlmsDataType.OctetString;
            if (!isImage || !image.Items[0].TryGetInt64(out long size))
            {
                throw DlmsFaults.Unexpected(data, What(ImagesToActivate), "no structure of size, identification and signature");
            }

            held.Add(new ImageToActivate(size, image.Items[1].Octets, image.Items[2].Octets));
        }

        return held;
    }

    private static int EncodeAnnouncement(ReadOnlySpan<byte> identifier, int octets, Span<byte> target)
    {
        AxdrWriter writer = new(target);
        writer.WriteStructure(2);
        writer.WriteOctetString(identifier);
        writer.WriteDoubleLongUnsigned((uint)octets);
        return Written(ref writer);
    }

    private static int Written(ref AxdrWriter writer) =>
        writer.Complete(out int octets) == OperationStatus.Done ? octets : throw new UnreachableException();

    private async ValueTask<bool> TryActionAsync(
        CosemMethodDescriptor method, ReadOnlyMemory<byte> parameter, CancellationToken cancellationToken)
    {
        try
        {
            _ = await client.ActionAsync(method, parameter, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (DeviceRefusedException refusal)
            when (refusal.Code == DlmsFaults.Action && refusal.DeviceCode == (int)ActionResult.TemporaryFailure)
        {
            return false;
        }
    }

    private async ValueTask<(long Number, ReadOnlyMemory<byte> Data)> ReadNumberAsync(int attribute, CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(Attribute(attribute), cancellationToken).ConfigureAwait(false);
        AxdrReader reader = new(data.Span);
        return reader.TryReadValue(out AxdrValue value) && value.TryGetInt64(out long number)
            ? (number, data)
            : throw DlmsFaults.Malformed(data, reader.Fault, $"{What(attribute)}: no whole number");
    }

    private CosemAttributeDescriptor Attribute(int attribute) => new(ClassId, name, (sbyte)attribute);

    private CosemMethodDescriptor Method(int method) => new(ClassId, name, (sbyte)method);

    private string What(int attribute) => $"{port}: GET {Attribute(attribute)}";
}
