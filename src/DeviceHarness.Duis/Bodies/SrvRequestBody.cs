namespace DeviceHarness.Duis.Bodies;

/// <summary>The body of a Service Request: exactly one element, named by its service reference variant.</summary>
public abstract record SrvRequestBody
{
    /// <summary>The service reference variant that the body belongs to, such as <c>4.1.1</c>.</summary>
    public abstract string ServiceReferenceVariant { get; }

    /// <summary>The element's local name in the ServiceUserGateway namespace.</summary>
    public abstract string ElementName { get; }
}

/// <summary>The body of a device's answer, as MMC content.</summary>
public abstract record SrvResponseBody
{
    /// <summary>The element's local name in the ResponseAndAlert namespace, such as <c>ReadSupplyStatusRsp</c>.</summary>
    public abstract string ElementName { get; }

    /// <summary>The attribute MessageSuccess: whether the device carried the request out; null when not stated.</summary>
    public bool? MessageSuccess { get; init; }

    /// <summary>The body's values by path, such as <c>Electricity.ActiveImportRegister.Value</c>, for expectations and captures in packs.</summary>
    public abstract IReadOnlyDictionary<string, string> Values { get; }
}
