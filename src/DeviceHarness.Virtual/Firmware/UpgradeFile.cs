using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DeviceHarness.Virtual.Firmware;

/// <summary>An upgrade file as the meter that holds it sees it: whether it is sound, and which version it brings.</summary>
/// <remarks>Spec: ZigBee OTA upgrade cluster, file format, as the domain guide gives it; all integers little-endian.
/// <code>
/// 0 magic 4 | 4 header version 2 | 6 header length 2 | 8 field control 2 | 10 manufacturer 2 | 12 image type 2 | 14 file version 4
/// 18 stack version 2 | 20 header string 32 | 52 total size 4 | optional: credential 1, destination 8, hardware minimum 2 and maximum 2
/// then elements to the end: tag 2 | length 4 | data
/// </code>
/// </remarks>
public static class UpgradeFile
{
    private const uint Magic = 0x0BEEF11E;
    private const int FixedHeaderOctets = 56;
    private const int HeaderStringOffset = 20;
    private const int HeaderStringOctets = 32;
    private const int ElementHeadOctets = 6;
    private const int CredentialOctets = 1;
    private const int DestinationOctets = 8;
    private const int HardwareOctets = 4;
    private const ushort CredentialPresent = 1;
    private const ushort DestinationPresent = 2;
    private const ushort HardwarePresent = 4;
    private const ushort UpgradeImageTag = 0;
    private const ushort IntegrityCodeTag = 3;

    /// <summary>Judges an image.</summary>
    /// <param name="file">The octets that the meter holds.</param>
    /// <param name="meter">What the meter is.</param>
    /// <param name="isAnyDevice">True does not look at whom the image is for: a defect.</param>
    public static ImageVerdict Judge(ReadOnlySpan<byte> file, FirmwareUpdateOptions meter, bool isAnyDevice)
    {
        if (file.Length < FixedHeaderOctets || BinaryPrimitives.ReadUInt32LittleEndian(file) != Magic
            || BinaryPrimitives.ReadUInt32LittleEndian(file[52..]) != file.Length || VersionOf(file) is null)
        {
            return ImageVerdict.Malformed;
        }

        int headerOctets = Word(file, 6);
        ushort control = Word(file, 8);
        if (headerOctets != FixedHeaderOctets + OptionalOctets(control) || headerOctets > file.Length)
        {
            return ImageVerdict.Malformed;
        }

        if (!isAnyDevice && !IsForDevice(file[..headerOctets], control, meter))
        {
            return ImageVerdict.ForAnotherDevice;
        }

        return JudgeElements(file, headerOctets);
    }

    /// <summary>The version that an image brings: the last word of its header string; null when that is no version text.</summary>
    /// <param name="file">The octets that the meter holds.</param>
    public static string? VersionOf(ReadOnlySpan<byte> file)
    {
        if (file.Length < FixedHeaderOctets)
        {
            return null;
        }

        ReadOnlySpan<byte> text = file.Slice(HeaderStringOffset, HeaderStringOctets);
        int end = text.IndexOf((byte)0);
        text = (end < 0 ? text : text[..end]).TrimEnd((byte)' ');
        ReadOnlySpan<byte> word = text[(text.LastIndexOf((byte)' ') + 1)..];
        return word.IsEmpty || word.ContainsAnyExceptInRange((byte)'!', (byte)'~') ? null : Encoding.ASCII.GetString(word);
    }

    private static int OptionalOctets(ushort control) =>
        ((control & CredentialPresent) != 0 ? CredentialOctets : 0)
        + ((control & DestinationPresent) != 0 ? DestinationOctets : 0)
        + ((control & HardwarePresent) != 0 ? HardwareOctets : 0);

    private static bool IsForDevice(ReadOnlySpan<byte> header, ushort control, FirmwareUpdateOptions meter)
    {
        bool isHardwareRight = (control & HardwarePresent) == 0
            || (Word(header, header.Length - 4) <= meter.HardwareVersion && Word(header, header.Length - 2) >= meter.HardwareVersion);
        return isHardwareRight && Word(header, 10) == meter.ManufacturerCode && Word(header, 12) == meter.ImageType;
    }

    private static ImageVerdict JudgeElements(ReadOnlySpan<byte> file, int offset)
    {
        bool hasImage = false;
        ImageVerdict verdict = ImageVerdict.Harmed;
        while (offset < file.Length)
        {
            if (file.Length - offset < ElementHeadOctets)
            {
                return ImageVerdict.Malformed;
            }

            ushort tag = Word(file, offset);
            uint octets = BinaryPrimitives.ReadUInt32LittleEndian(file[(offset + 2)..]);
            int start = offset + ElementHeadOctets;
            if (octets > file.Length - start || verdict == ImageVerdict.Sound)
            {
                // An element behind the integrity code is covered by nothing.
                return ImageVerdict.Malformed;
            }

            ReadOnlySpan<byte> data = file.Slice(start, (int)octets);
            hasImage |= tag == UpgradeImageTag;
            if (tag == IntegrityCodeTag)
            {
                verdict = CryptographicOperations.FixedTimeEquals(AesMmoHash.Compute(file[..offset]), data)
                    ? ImageVerdict.Sound
                    : ImageVerdict.Harmed;
            }

            offset = start + (int)octets;
        }

        return hasImage ? verdict : ImageVerdict.Malformed;
    }

    private static ushort Word(ReadOnlySpan<byte> file, int offset) => BinaryPrimitives.ReadUInt16LittleEndian(file[offset..]);
}
