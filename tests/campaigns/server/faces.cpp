// SPDX-License-Identifier: EUPL-1.2
#include "tests/campaigns/server/faces.hpp"

#include <chrono>

namespace campaign {

tests::Wanted Faces::wanted() const {
    tests::Wanted wanted;
    wanted.to = std::chrono::hours(24 * 3650);
    return wanted;
}

Faces make_faces() {
    Faces faces;
    tests::Wanted authority = tests::authority_named("Authority");
    authority.to = faces.wanted().to;
    faces.ca = tests::issue(authority);
    faces.stranger = tests::issue(authority);
    faces.good = tests::issue(faces.wanted(), &faces.ca);
    faces.pin = faces.good.pin();
    return faces;
}

} // namespace campaign
