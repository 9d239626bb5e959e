using DeviceHarness.Codecs.Dlms;

namespace DeviceHarness.Codecs.Security;

/// <summary>Which wrapper belongs to which APDU.</summary>
/// <remarks>
/// Spec: IEC 62056-5-3, xDLMS APDU tags.
/// <code>
///                              plain      glo        ded
/// initiate, service error      01 08 0E   21 28 2E   41 48 4E
/// GET SET event ACTION         C0 .. C7   C8 .. CF   D0 .. D7
/// </code>
/// </remarks>
public static class CipheredTags
{
    private const int GlobalInitiateOffset = 0x20;
    private const int DedicatedInitiateOffset = 0x40;
    private const int GlobalServiceOffset = 0x08;
    private const int DedicatedServiceOffset = 0x10;

    /// <summary>Finds the wrapper of an APDU.</summary>
    /// <param name="plainTag">The APDU's first octet.</param>
    /// <param name="form">The form; the general ones hold every APDU.</param>
    /// <param name="wrapper">The wrapper's tag.</param>
    /// <returns>False when the service has none in this form.</returns>
    public static bool TryGetWrapper(byte plainTag, CipheringForm form, out ApduTag wrapper)
    {
        bool isDedicated = IsDedicated(form);
        int tag = (ApduTag)plainTag switch
        {
            _ when form == CipheringForm.GeneralGlobal => (int)ApduTag.GeneralGloCiphering,
            _ when form == CipheringForm.GeneralDedicated => (int)ApduTag.GeneralDedCiphering,
            ApduTag.InitiateRequest or ApduTag.InitiateResponse or ApduTag.ConfirmedServiceError =>
                plainTag + (isDedicated ? DedicatedInitiateOffset : GlobalInitiateOffset),
            ApduTag.GetRequest or ApduTag.SetRequest or ApduTag.EventNotification or ApduTag.ActionRequest or ApduTag.GetResponse
                or ApduTag.SetResponse or ApduTag.ActionResponse =>
                plainTag + (isDedicated ? DedicatedServiceOffset : GlobalServiceOffset),
            _ => 0,
        };
        wrapper = (ApduTag)tag;
        return tag != 0;
    }

    /// <summary>Finds the APDU that a glo- or ded- wrapper holds.</summary>
    /// <param name="wrapper">The wrapper's tag.</param>
    /// <param name="plainTag">The APDU's first octet.</param>
    /// <returns>False for the general wrappers, which hold any APDU, and for tags that are no wrapper.</returns>
    public static bool TryGetPlain(ApduTag wrapper, out byte plainTag)
    {
        int offset = (byte)wrapper switch
        {
            0x21 or 0x28 or 0x2E => GlobalInitiateOffset,
            0x41 or 0x48 or 0x4E => DedicatedInitiateOffset,
            >= 0xC8 and <= 0xCF and not 0xCE => GlobalServiceOffset,
            >= 0xD0 and <= 0xD7 and not 0xD6 => DedicatedServiceOffset,
            _ => 0,
        };
        plainTag = (byte)((byte)wrapper - offset);
        return offset != 0;
    }

    /// <summary>The form of a wrapper.</summary>
    /// <param name="wrapper">The wrapper's tag.</param>
    /// <param name="form">The form.</param>
    /// <returns>False for general-ciphering, general-signing and tags that are no wrapper.</returns>
    public static bool TryGetForm(ApduTag wrapper, out CipheringForm form)
    {
        bool isServiceSpecific = TryGetPlain(wrapper, out _);
        form = wrapper switch
        {
            ApduTag.GeneralGloCiphering => CipheringForm.GeneralGlobal,
            ApduTag.GeneralDedCiphering => CipheringForm.GeneralDedicated,
            _ when (byte)wrapper is (>= 0x41 and <= 0x4E) or (>= 0xD0 and <= 0xD7) => CipheringForm.ServiceSpecificDedicated,
            _ => CipheringForm.ServiceSpecificGlobal,
        };
        return isServiceSpecific || form is CipheringForm.GeneralGlobal or CipheringForm.GeneralDedicated;
    }

    /// <summary>True when a response of this wrapper may come.</summary>
    internal static bool IsResponse(byte plainTag) => (ApduTag)plainTag is ApduTag.InitiateResponse or ApduTag.GetResponse
        or ApduTag.SetResponse or ApduTag.ActionResponse;

    /// <summary>True for the forms with the dedicated key.</summary>
    internal static bool IsDedicated(CipheringForm form) =>
        form is CipheringForm.ServiceSpecificDedicated or CipheringForm.GeneralDedicated;

    /// <summary>True when deciphered octets can be what the wrapper says. A refusal may come in the wrapper of any response.</summary>
    internal static bool IsInnerTagRight(ApduTag wrapper, byte innerTag) => !TryGetPlain(wrapper, out byte plain)
        || innerTag == plain
        || (IsResponse(plain) && (ApduTag)innerTag is ApduTag.ExceptionResponse or ApduTag.ConfirmedServiceError);
}
