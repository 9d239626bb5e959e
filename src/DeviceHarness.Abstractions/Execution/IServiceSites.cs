using DeviceHarness.Duis.Service;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to the two sites of the simulated Service Provider.</summary>
public interface IServiceSites
{
    /// <summary>The site that serves.</summary>
    ServiceSite Active { get; }

    /// <summary>Has a site serve from now on, requests and the making of top-up tokens alike; nothing happens when it does
    /// already.</summary>
    void MoveTo(ServiceSite site);
}
