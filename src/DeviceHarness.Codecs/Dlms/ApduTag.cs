namespace DeviceHarness.Codecs.Dlms;

/// <summary>The first octet of an APDU.</summary>
/// <remarks>Spec: IEC 62056-5-3, xDLMS and ACSE APDUs.</remarks>
public enum ApduTag : byte
{
    /// <summary>initiate-request.</summary>
    InitiateRequest = 0x01,

    /// <summary>initiate-response.</summary>
    InitiateResponse = 0x08,

    /// <summary>confirmed-service-error.</summary>
    ConfirmedServiceError = 0x0E,

    /// <summary>data-notification.</summary>
    DataNotification = 0x0F,

    /// <summary>glo-initiate-request.</summary>
    GloInitiateRequest = 0x21,

    /// <summary>glo-initiate-response.</summary>
    GloInitiateResponse = 0x28,

    /// <summary>glo-confirmed-service-error.</summary>
    GloConfirmedServiceError = 0x2E,

    /// <summary>ded-initiate-request.</summary>
    DedInitiateRequest = 0x41,

    /// <summary>ded-initiate-response.</summary>
    DedInitiateResponse = 0x48,

    /// <summary>ded-confirmed-service-error.</summary>
    DedConfirmedServiceError = 0x4E,

    /// <summary>AARQ: association request.</summary>
    Aarq = 0x60,

    /// <summary>AARE: association response.</summary>
    Aare = 0x61,

    /// <summary>RLRQ: release request.</summary>
    Rlrq = 0x62,

    /// <summary>RLRE: release response.</summary>
    Rlre = 0x63,

    /// <summary>get-request.</summary>
    GetRequest = 0xC0,

    /// <summary>set-request.</summary>
    SetRequest = 0xC1,

    /// <summary>event-notification-request.</summary>
    EventNotification = 0xC2,

    /// <summary>action-request.</summary>
    ActionRequest = 0xC3,

    /// <summary>get-response.</summary>
    GetResponse = 0xC4,

    /// <summary>set-response.</summary>
    SetResponse = 0xC5,

    /// <summary>action-response.</summary>
    ActionResponse = 0xC7,

    /// <summary>glo-get-request.</summary>
    GloGetRequest = 0xC8,

    /// <summary>glo-set-request.</summary>
    GloSetRequest = 0xC9,

    /// <summary>glo-event-notification-request.</summary>
    GloEventNotification = 0xCA,

    /// <summary>glo-action-request.</summary>
    GloActionRequest = 0xCB,

    /// <summary>glo-get-response.</summary>
    GloGetResponse = 0xCC,

    /// <summary>glo-set-response.</summary>
    GloSetResponse = 0xCD,

    /// <summary>glo-action-response.</summary>
    GloActionResponse = 0xCF,

    /// <summary>ded-get-request.</summary>
    DedGetRequest = 0xD0,

    /// <summary>ded-set-request.</summary>
    DedSetRequest = 0xD1,

    /// <summary>ded-event-notification-request.</summary>
    DedEventNotification = 0xD2,

    /// <summary>ded-action-request.</summary>
    DedActionRequest = 0xD3,

    /// <summary>ded-get-response.</summary>
    DedGetResponse = 0xD4,

    /// <summary>ded-set-response.</summary>
    DedSetResponse = 0xD5,

    /// <summary>ded-action-response.</summary>
    DedActionResponse = 0xD7,

    /// <summary>exception-response.</summary>
    ExceptionResponse = 0xD8,

    /// <summary>access-request.</summary>
    AccessRequest = 0xD9,

    /// <summary>access-response.</summary>
    AccessResponse = 0xDA,

    /// <summary>general-glo-ciphering.</summary>
    GeneralGloCiphering = 0xDB,

    /// <summary>general-ded-ciphering.</summary>
    GeneralDedCiphering = 0xDC,

    /// <summary>general-ciphering.</summary>
    GeneralCiphering = 0xDD,

    /// <summary>general-signing.</summary>
    GeneralSigning = 0xDF,

    /// <summary>general-block-transfer.</summary>
    GeneralBlockTransfer = 0xE0,
}
