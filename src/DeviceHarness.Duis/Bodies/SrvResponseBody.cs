namespace DeviceHarness.Duis.Bodies;

/// <summary>The body of a device's answer, as MMC content.</summary>
public abstract record SrvResponseBody
{
    /// <summary>The name of <see cref="MessageSuccess"/> in <see cref="Values"/>.</summary>
    public const string MessageSuccessPath = "MessageSuccess";

    /// <summary>The element's local name in the ResponseAndAlert namespace, such as <c>ReadSupplyStatusRsp</c>.</summary>
    public abstract string ElementName { get; }

    /// <summary>The attribute MessageSuccess: whether the device carried the request out; null when not stated.</summary>
    public bool? MessageSuccess { get; init; }

    /// <summary>The body's values by path, such as <c>Electricity.ActiveImportRegister.Value</c>, for expectations and captures.</summary>
    /// <remarks>Text as the XML has it: invariant numbers, UTC times ending in Z, <c>true</c>/<c>false</c>. An absent value has no
    /// entry.</remarks>
    public abstract IReadOnlyDictionary<string, string> Values { get; }
}
