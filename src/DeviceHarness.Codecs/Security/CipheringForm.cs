namespace DeviceHarness.Codecs.Security;

/// <summary>Which wrapper a ciphered APDU goes in.</summary>
/// <remarks>Spec: IEC 62056-5-3, ciphered APDUs. The general forms need general protection in the agreed conformance; every form is
/// accepted always.</remarks>
public enum CipheringForm
{
    /// <summary>glo-: the wrapper of the service, with a global key.</summary>
    ServiceSpecificGlobal = 0,

    /// <summary>ded-: the wrapper of the service, with the dedicated key.</summary>
    ServiceSpecificDedicated,

    /// <summary>DB: general-glo-ciphering, with a global key and the sender's system title.</summary>
    GeneralGlobal,

    /// <summary>DC: general-ded-ciphering, with the dedicated key and the sender's system title.</summary>
    GeneralDedicated,
}
