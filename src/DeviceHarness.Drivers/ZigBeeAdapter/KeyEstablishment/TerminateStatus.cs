namespace DeviceHarness.Drivers.ZigBeeAdapter.KeyEstablishment;

/// <summary>Why a key establishment is ended by one side.</summary>
/// <remarks>Spec: ZigBee Smart Energy, Key Establishment cluster, Terminate, as this harness's ZigBee guide sums it up.</remarks>
public enum TerminateStatus : byte
{
    /// <summary>Nothing is wrong.</summary>
    Success = 0x00,

    /// <summary>The certificate's issuer is not trusted.</summary>
    UnknownIssuer = 0x01,

    /// <summary>The MAC is wrong: the two sides have not the same keys.</summary>
    BadKeyConfirm = 0x02,

    /// <summary>The message, a key or the certificate in it is wrong, or came at a wrong time.</summary>
    BadMessage = 0x03,

    /// <summary>Not now: the message says when to try again.</summary>
    NoResources = 0x04,

    /// <summary>The suite is not there: the message says which are.</summary>
    UnsupportedSuite = 0x05,

    /// <summary>The certificate is not for key agreement.</summary>
    InvalidKeyUsage = 0x06,
}
