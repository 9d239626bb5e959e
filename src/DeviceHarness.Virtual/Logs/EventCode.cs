namespace DeviceHarness.Virtual.Logs;

/// <summary>The codes that a virtual meter enters into its logs.</summary>
/// <remarks>Spec: the GB event and alert codes, as the domain guide's table gives them; a SMETS1 meter's own numbers would be the
/// manufacturer's.</remarks>
public enum EventCode
{
    /// <summary>Nothing was entered yet.</summary>
    None = 0,

    /// <summary>The average voltage rose above its threshold.</summary>
    AverageOverVoltage = 0x8002,

    /// <summary>The average voltage fell below its threshold.</summary>
    AverageUnderVoltage = 0x8006,

    /// <summary>The voltage was above the extreme threshold for too long.</summary>
    ExtremeOverVoltage = 0x8020,

    /// <summary>The voltage was above the swell threshold for too long.</summary>
    VoltageSwell = 0x8024,

    /// <summary>The voltage was below the extreme threshold for too long.</summary>
    ExtremeUnderVoltage = 0x8028,

    /// <summary>The voltage was below the sag threshold for too long.</summary>
    VoltageSag = 0x802C,

    /// <summary>The average voltage is below its upper threshold again.</summary>
    AverageOverVoltageEnded = 0x8085,

    /// <summary>The average voltage is above its lower threshold again.</summary>
    AverageUnderVoltageEnded = 0x8089,

    /// <summary>The voltage is back from the extreme upper threshold.</summary>
    ExtremeOverVoltageEnded = 0x808D,

    /// <summary>The voltage is back from the swell threshold.</summary>
    VoltageSwellEnded = 0x8091,

    /// <summary>The voltage is back from the extreme lower threshold.</summary>
    ExtremeUnderVoltageEnded = 0x8095,

    /// <summary>The voltage is back from the sag threshold.</summary>
    VoltageSagEnded = 0x8099,

    /// <summary>The credit is under the low-credit threshold.</summary>
    LowCredit = 0x810D,

    /// <summary>Credit was added at the meter.</summary>
    CreditAddedLocally = 0x810E,

    /// <summary>Emergency credit has become available.</summary>
    EmergencyCreditAvailable = 0x8119,

    /// <summary>The clock was adjusted.</summary>
    ClockAdjusted = 0x8145,

    /// <summary>A command was carried out.</summary>
    CommandDone = 0x8154,

    /// <summary>A command was not carried out.</summary>
    CommandNotDone = 0x8155,

    /// <summary>The supply was armed because emergency credit was activated.</summary>
    ArmedByEmergencyCredit = 0x8168,

    /// <summary>The first time debt is collected.</summary>
    TimeDebtOneCollected = 0x81A7,

    /// <summary>The second time debt is collected.</summary>
    TimeDebtTwoCollected = 0x81A8,

    /// <summary>The payment debt is collected.</summary>
    PaymentDebtCollected = 0x81A9,

    /// <summary>The emergency credit is used up.</summary>
    EmergencyCreditExhausted = 0x81AA,

    /// <summary>Emergency credit was activated.</summary>
    EmergencyCreditActivated = 0x81AB,

    /// <summary>The meter cover was put back.</summary>
    CoverClosed = 0x81B9,

    /// <summary>The supply was disabled because of a tamper.</summary>
    SupplyLockedByTamper = 0x81BE,

    /// <summary>The terminal cover was put back.</summary>
    TerminalCoverClosed = 0x81C1,

    /// <summary>The entry of tokens is suspended.</summary>
    TokenEntrySuspended = 0x81C4,

    /// <summary>A token was not looked at because entry is locked out.</summary>
    TokenEntryLockedOut = 0x81C5,

    /// <summary>The clock was not adjusted.</summary>
    ClockNotAdjusted = 0x81C6,

    /// <summary>The power is above the load limit.</summary>
    LoadLimitExceeded = 0x8F01,

    /// <summary>A billing snapshot was taken.</summary>
    BillingLogUpdated = 0x8F0A,

    /// <summary>The credit is under the disablement threshold.</summary>
    CreditBelowDisablement = 0x8F0F,

    /// <summary>The comms hub's log of home area network devices changed.</summary>
    HanDeviceLogChanged = 0x8F12,

    /// <summary>The image was found bad at power-on.</summary>
    FirmwareBadAtPowerOn = 0x8F1B,

    /// <summary>The image that was distributed is not sound.</summary>
    FirmwareVerificationFailed = 0x8F1C,

    /// <summary>The battery is low.</summary>
    BatteryLow = 0x8F1F,

    /// <summary>The source of a command has no authority for it.</summary>
    NoAuthority = 0x8F30,

    /// <summary>The supply was armed.</summary>
    SupplyArmed = 0x8F32,

    /// <summary>The supply was disabled, then armed by load limiting.</summary>
    ArmedByLoadLimit = 0x8F33,

    /// <summary>The supply was enabled after the restoration period of load limiting.</summary>
    EnabledAfterLoadLimit = 0x8F34,

    /// <summary>The power was restored.</summary>
    PowerRestored = 0x8F35,

    /// <summary>The power was restored after three minutes or more.</summary>
    PowerRestoredAfterLong = 0x8F36,

    /// <summary>Somebody could not prove who he is.</summary>
    AuthenticationFailed = 0x8F3D,

    /// <summary>The meter runs another firmware version.</summary>
    FirmwareChanged = 0x8F43,

    /// <summary>A credit would have taken the balance over its maximum.</summary>
    BalanceAboveMaximum = 0x8F47,

    /// <summary>A token was entered a second time.</summary>
    TokenDuplicate = 0x8F51,

    /// <summary>The event log was cleared.</summary>
    LogCleared = 0x8F52,

    /// <summary>The power was interrupted.</summary>
    PowerInterrupted = 0x8F57,

    /// <summary>A token is above the maximum credit.</summary>
    TokenAboveMaximum = 0x8F5B,

    /// <summary>A token is not authentic.</summary>
    TokenNotAuthentic = 0x8F63,

    /// <summary>A token is for another meter.</summary>
    TokenForAnotherDevice = 0x8F64,

    /// <summary>A command for later was carried out.</summary>
    FutureCommandDone = 0x8F66,

    /// <summary>A command for later was not carried out.</summary>
    FutureCommandNotDone = 0x8F67,

    /// <summary>Credentials were changed.</summary>
    CredentialsUpdated = 0x8F70,

    /// <summary>The image that was distributed is sound.</summary>
    FirmwareVerified = 0x8F72,

    /// <summary>The meter cover was removed.</summary>
    CoverRemoved = 0x8F74,

    /// <summary>A strong magnetic field was there.</summary>
    MagneticField = 0x8F75,

    /// <summary>The terminal cover was removed.</summary>
    TerminalCoverRemoved = 0x8F76,

    /// <summary>Disablement for lack of credit is suspended.</summary>
    DisablementSuspended = 0x8F83,

    /// <summary>All blocks of an image came.</summary>
    FirmwareTransferred = 0x8F8A,
}
