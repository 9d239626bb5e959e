namespace DeviceHarness.Codecs.Ezsp;

/// <summary>A status with the list that it comes from; values without a name are kept.</summary>
/// <param name="Family">The list.</param>
/// <param name="Value">The value; within one octet but for <see cref="EzspStatusFamily.Sl"/>.</param>
/// <remarks>Spec: EZSP reference, as this harness's ZigBee guide 4.3 sums it up. The pairs of the two stack lists are those that the guide
/// names in both; a value without a partner becomes the nearest general one.</remarks>
public readonly record struct EzspStatusCode(EzspStatusFamily Family, uint Value)
{
    private static readonly Dictionary<EmberStatus, SlStatus> Pairs = new()
    {
        [EmberStatus.Success] = SlStatus.Ok,
        [EmberStatus.BadArgument] = SlStatus.InvalidParameter,
        [EmberStatus.NoBuffers] = SlStatus.NoMoreResource,
        [EmberStatus.DeliveryFailed] = SlStatus.DeliveryFailed,
        [EmberStatus.InvalidCall] = SlStatus.InvalidState,
        [EmberStatus.MaxMessageLimitReached] = SlStatus.MaxMessageLimitReached,
        [EmberStatus.NetworkUp] = SlStatus.NetworkUp,
        [EmberStatus.NetworkDown] = SlStatus.NetworkDown,
        [EmberStatus.NotJoined] = SlStatus.NotJoined,
        [EmberStatus.MoveFailed] = SlStatus.MoveFailed,
        [EmberStatus.NodeIdChanged] = SlStatus.NodeIdChanged,
        [EmberStatus.PanIdChanged] = SlStatus.PanIdChanged,
        [EmberStatus.ChannelChanged] = SlStatus.ChannelChanged,
        [EmberStatus.NetworkOpened] = SlStatus.NetworkOpened,
        [EmberStatus.NetworkClosed] = SlStatus.NetworkClosed,
        [EmberStatus.NetworkBusy] = SlStatus.Busy,
        [EmberStatus.ApsEncryptionError] = SlStatus.ApsEncryptionError,
        [EmberStatus.SecurityStateNotSet] = SlStatus.SecurityStateNotSet,
        [EmberStatus.ReceivedKeyInTheClear] = SlStatus.ReceivedKeyInTheClear,
        [EmberStatus.NoNetworkKeyReceived] = SlStatus.NoNetworkKeyReceived,
        [EmberStatus.NoLinkKeyReceived] = SlStatus.NoLinkKeyReceived,
        [EmberStatus.PreconfiguredKeyRequired] = SlStatus.PreconfiguredKeyRequired,
        [EmberStatus.TooSoonForSwitchKey] = SlStatus.TooSoonForSwitchKey,
        [EmberStatus.KeyNotAuthorized] = SlStatus.KeyNotAuthorized,
        [EmberStatus.LibraryNotPresent] = SlStatus.NotSupported,
        [EmberStatus.OperationInProgress] = SlStatus.InProgress,
        [EmberStatus.TableEntryErased] = SlStatus.NotFound,
    };

    private static readonly Dictionary<SlStatus, EmberStatus> Back = Pairs.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>A status of the stack.</summary>
    /// <param name="status">The status.</param>
    public static implicit operator EzspStatusCode(EmberStatus status) => FromEmberStatus(status);

    /// <summary>A status of the serial protocol.</summary>
    /// <param name="status">The status.</param>
    public static implicit operator EzspStatusCode(EzspStatus status) => FromEzspStatus(status);

    /// <summary>A status of four octets.</summary>
    /// <param name="status">The status.</param>
    public static implicit operator EzspStatusCode(SlStatus status) => FromSlStatus(status);

    /// <summary>Whether it means success, which is 0 in every list.</summary>
    public bool IsSuccess => Value == 0;

    /// <summary>Its name; the number where it has none.</summary>
    public string Name => Family switch
    {
        EzspStatusFamily.Ember => NameOf((EmberStatus)Value),
        EzspStatusFamily.Ezsp => NameOf((EzspStatus)Value),
        _ => NameOf((SlStatus)Value),
    };

    /// <summary>A status of the stack.</summary>
    /// <param name="status">The status.</param>
    public static EzspStatusCode FromEmberStatus(EmberStatus status) => new(EzspStatusFamily.Ember, (byte)status);

    /// <summary>A status of the serial protocol.</summary>
    /// <param name="status">The status.</param>
    public static EzspStatusCode FromEzspStatus(EzspStatus status) => new(EzspStatusFamily.Ezsp, (byte)status);

    /// <summary>A status of four octets.</summary>
    /// <param name="status">The status.</param>
    public static EzspStatusCode FromSlStatus(SlStatus status) => new(EzspStatusFamily.Sl, (uint)status);

    /// <summary>The same status of the stack's list.</summary>
    /// <returns>The status; InvalidCall where the stack's list has no such value.</returns>
    public EmberStatus ToEmberStatus() => Family switch
    {
        EzspStatusFamily.Ember => (EmberStatus)Value,
        _ when IsSuccess => EmberStatus.Success,
        EzspStatusFamily.Sl => Back.GetValueOrDefault((SlStatus)Value, EmberStatus.InvalidCall),
        _ => EmberStatus.InvalidCall,
    };

    /// <summary>The same status of the vendor's list.</summary>
    /// <returns>The status; Fail where that list has no such value.</returns>
    public SlStatus ToSlStatus() => Family switch
    {
        EzspStatusFamily.Sl => (SlStatus)Value,
        EzspStatusFamily.Ember => Pairs.GetValueOrDefault((EmberStatus)Value, SlStatus.Fail),
        _ => (EzspStatus)Value switch
        {
            EzspStatus.Success => SlStatus.Ok,
            EzspStatus.InvalidValue or EzspStatus.InvalidId => SlStatus.InvalidParameter,
            EzspStatus.OutOfMemory => SlStatus.NoMoreResource,
            EzspStatus.InvalidCall => SlStatus.InvalidState,
            _ => SlStatus.Fail,
        },
    };

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string NameOf<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value) ? value.ToString() : $"0x{value:X}";
}
