namespace DeviceHarness.Duis.Bodies;

/// <summary>The body of a Service Request: exactly one element, named by its service reference variant.</summary>
public abstract record SrvRequestBody
{
    /// <summary>The service reference variant that the body belongs to, such as <c>4.1.1</c>.</summary>
    public abstract string ServiceReferenceVariant { get; }

    /// <summary>The element's local name in the ServiceUserGateway namespace.</summary>
    public abstract string ElementName { get; }

    /// <summary>The DUIS type of the meters that the form of the body is for; null for every type that has the variant.</summary>
    public virtual string? DeviceType => null;

    /// <summary>The DUIS type of an electricity meter.</summary>
    private protected const string Electricity = "ESME";

    /// <summary>The DUIS type of a gas meter.</summary>
    private protected const string Gas = "GSME";
}
