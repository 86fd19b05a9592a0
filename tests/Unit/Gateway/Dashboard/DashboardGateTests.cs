using Teleprompter.Gateway.Dashboard;

namespace Teleprompter.Tests.Unit.Gateway.Dashboard;

public sealed class DashboardGateTests
{
    [TestCase(true, "http://localhost:5080")]
    [TestCase(true, "http://127.0.0.1:5080", "http://[::1]:5080")]
    [TestCase(false, "http://0.0.0.0:5080")]
    [TestCase(false, "http://[::]:5080")]
    [TestCase(false, "http://+:5080")]
    [TestCase(false, "http://*:5080")]
    [TestCase(false, "http://localhost:5080", "http://192.168.1.4:5080")]
    [TestCase(false, "http://gateway.example:5080")]
    [TestCase(false)]
    public void The_lead_s_pages_exist_only_where_every_address_is_loopback(bool exist, params string[] addresses) =>
        Assert.That(DashboardGate.IsLoopbackOnly(addresses), Is.EqualTo(exist));
}
